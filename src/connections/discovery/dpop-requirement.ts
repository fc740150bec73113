import { demandsBoundToken, proofAlgorithms } from '#oauth/challenge.ts';
import type { ResourceMetadata } from '#oauth/resource-metadata.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** What a resource says of bound tokens, in its metadata or in its refusal (RFC 9728 §2, RFC 9449 §7.1). */
export interface ResourceBinding {
  /** It takes no others. */
  isRequired: boolean;
  /** What it can check proofs with; undefined where it does not say. */
  algorithms?: readonly string[];
}

/** @param challenge of the call without a token, as far as this page may read it */
export function resourceBinding(challenge: string | null, metadata: ResourceMetadata): ResourceBinding {
  const algorithms = metadata.dpop_signing_alg_values_supported ?? proofAlgorithms(challenge);
  return {
    isRequired: metadata.dpop_bound_access_tokens_required === true || demandsBoundToken(challenge),
    ...(algorithms && { algorithms }),
  };
}

/**
 * A server's description for the use of one resource: of the algorithms that it takes proofs with, those that the resource
 * takes too (DPOP-9). A token bound to a key that its API can't check would be of no use.
 */
export function restrictToResourceAlgs(
  server: ServerMetadata,
  { isRequired, algorithms }: ResourceBinding,
): ServerMetadata {
  const offered = server.dpop_signing_alg_values_supported ?? (isRequired ? algorithms : undefined);
  if (!offered || !algorithms) return server;
  return { ...server, dpop_signing_alg_values_supported: offered.filter((name) => algorithms.includes(name)) };
}
