import { requiresDpop, proofAlgorithms } from '#oauth/challenge.ts';
import type { ResourceMetadata } from '#oauth/resource-metadata.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** What a resource says about bound tokens, in its metadata or in its 401 response (RFC 9728 §2, RFC 9449 §7.1). */
export interface ResourceBinding {
  /** True if it accepts only bound tokens. */
  isRequired: boolean;
  /** The proof algorithms it supports; undefined if it does not list any. */
  algorithms?: readonly string[];
}

/**
 * Reads the DPoP requirement of a resource from its challenge and its metadata.
 * @param challenge the challenge of the unauthorized call, or null if there is none this page may read
 */
export function resourceBinding(challenge: string | null, metadata: ResourceMetadata): ResourceBinding {
  const algorithms = metadata.dpop_signing_alg_values_supported ?? proofAlgorithms(challenge);
  return {
    isRequired: metadata.dpop_bound_access_tokens_required === true || requiresDpop(challenge),
    ...(algorithms && { algorithms }),
  };
}

/**
 * Returns the server's metadata with its DPoP algorithms restricted to those the resource supports too (DPOP-9): the
 * API would reject a token bound to a key it can't verify.
 */
export function restrictToResourceAlgs(
  server: ServerMetadata,
  { isRequired, algorithms }: ResourceBinding,
): ServerMetadata {
  const offered = server.dpop_signing_alg_values_supported ?? (isRequired ? algorithms : undefined);
  if (!offered || !algorithms) return server;
  return { ...server, dpop_signing_alg_values_supported: offered.filter((name) => algorithms.includes(name)) };
}
