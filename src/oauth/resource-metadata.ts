import { isScopeToken } from '#lib/scope.ts';

import { OAuthError } from './errors.ts';
import { withStep, assertRule, type FlowContext } from './flow-context.ts';
import { sanitizeText, isMetadataMissing, readJsonDocument, type JsonObject } from './json-document.ts';
import { parseSafeUrl } from './safe-url.ts';
import { resourceMetadataUrl } from './well-known.ts';

/** The metadata of a protected resource that the app uses (RFC 9728 §2). */
export interface ResourceMetadata {
  resource: string;
  /** Issuer identifiers, as written; at least one. */
  authorization_servers: [string, ...string[]];
  scopes_supported?: string[];
  /** Set if the resource accepts DPoP-bound tokens only (RFC 9728 §2). */
  dpop_bound_access_tokens_required?: true;
  /** The proof algorithms that the resource supports (RFC 9728 §2). */
  dpop_signing_alg_values_supported?: string[];
  /** The resource's name: a claim of the resource, length-limited. */
  name?: string;
}

/**
 * Fetches and validates the metadata of `resource` (RFC 9728 §3).
 * @param challengedUrl the `resource_metadata` of a challenge, used only on the resource's own origin (DISC-3). If it has no
 *   readable document, the well-known URL is tried
 * @throws OAuthError `resource-mismatch` | `no-authorization-server` | any error of the request or the document
 */
export async function fetchResourceMetadata(
  context: FlowContext,
  resource: string,
  challengedUrl?: string,
): Promise<ResourceMetadata> {
  const wellKnown = resourceMetadataUrl(resource);
  const url = usableChallengeUrl(context, resource, challengedUrl) ?? wellKnown;
  const read = async (): Promise<ResourceMetadata> => {
    const document = await fetchDocument(context, url).catch((error: unknown) => {
      if (url === wellKnown || !isMetadataMissing(error)) throw error;
      return fetchDocument(context, wellKnown);
    });
    return validateResourceMetadata(context, resource, document);
  };
  return withStep('resource-metadata', read, url);
}

async function fetchDocument(context: FlowContext, url: string): Promise<JsonObject> {
  const response = await context.fetchFor('resource-metadata')(url, {
    headers: { accept: 'application/json' },
    signal: context.signal,
  });
  return readJsonDocument(response, url);
}

/**
 * Returns the challenged URL if it is on the resource's origin. Metadata elsewhere is no reason to fail: the caller then tries
 * the well-known URL.
 */
function usableChallengeUrl(context: FlowContext, resource: string, challengedUrl?: string): string | undefined {
  const url = parseSafeUrl(challengedUrl, context.allowLoopbackHttp);
  return url?.origin === new URL(resource).origin ? url.href : undefined;
}

/**
 * Validates a parsed document (RFC 9728 §3.3): its `resource` must equal the configured identifier character by character;
 * otherwise the whole document is discarded (DISC-2).
 */
export function validateResourceMetadata(
  context: FlowContext,
  resource: string,
  document: JsonObject,
): ResourceMetadata {
  const actual = typeof document.resource === 'string' ? document.resource : 'none';
  assertRule(
    context,
    document.resource === resource,
    { rule: 'resource-matches', expected: resource, actual: actual.slice(0, 300) },
    'resource-mismatch',
  );
  const servers = Array.isArray(document.authorization_servers) ? document.authorization_servers : [];
  const issuers = servers.filter((issuer): issuer is string => isIssuer(issuer, context.allowLoopbackHttp));
  const [first, ...others] = [...new Set(issuers)].slice(0, MOST_SERVERS);
  if (first === undefined) {
    context.onCheck({ rule: 'server-is-named', outcome: 'failed' });
    throw new OAuthError('no-authorization-server', 'the resource names no usable server');
  }
  const scopes = textsOf(document.scopes_supported);
  const algorithms = textsOf(document.dpop_signing_alg_values_supported);
  const name = sanitizeText(document.resource_name, 80);
  return {
    resource,
    authorization_servers: [first, ...others],
    ...(scopes && { scopes_supported: scopeTokens(scopes) }),
    ...(document.dpop_bound_access_tokens_required === true && { dpop_bound_access_tokens_required: true }),
    ...(algorithms && { dpop_signing_alg_values_supported: algorithms }),
    ...(name !== undefined && { name }),
  };
}

/**
 * The maximum number of authorization servers to consider: the metadata of each is fetched, and users do not choose among more.
 */
const MOST_SERVERS = 10;

const MOST_SCOPES = 100;

/** Returns the valid scope tokens without duplicates (RFC 6749 §3.3). An overlong one would never be granted. */
export function scopeTokens(names: readonly string[]): string[] {
  const tokens = names.filter((name) => name.length <= 200 && isScopeToken(name));
  return [...new Set(tokens)].slice(0, MOST_SCOPES);
}

/** RFC 8414 §2: an issuer is an https URL without query or fragment. */
function isIssuer(value: unknown, allowLoopbackHttp: boolean): boolean {
  return parseSafeUrl(value, allowLoopbackHttp)?.search === '';
}

/**
 * Returns the strings of a list (RFC 8414 §2, RFC 9728 §2). Returns undefined for a list without strings: servers must omit it
 * (RFC 8414 §3.2), so it does not mean "none supported".
 */
export function textsOf(value: unknown): string[] | undefined {
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return texts.length > 0 ? texts : undefined;
}
