import { omitUndefined } from '#lib/omit-undefined.ts';
import { isScopeToken } from '#lib/scope.ts';

import { OAuthError } from './errors.ts';
import { withStep, assertRule, type FlowContext } from './flow-context.ts';
import type { JsonObject } from './json-document.ts';
import { isAbsent, isMetadataMissing, readJsonDocument } from './read-json-document.ts';
import { parseSafeUrl } from './safe-url.ts';
import { sanitizeText } from './sanitize-text.ts';
import { otherResourceMetadataUrls, resourceMetadataUrl } from './well-known.ts';

/** The metadata of a protected resource that the app uses (RFC 9728 §2). */
export interface ResourceMetadata {
  resource: string;
  /** Issuer identifiers, as written; empty if the resource names none. */
  authorization_servers: string[];
  scopes_supported?: string[];
  /** Set if the resource accepts DPoP-bound tokens only (RFC 9728 §2). */
  dpop_bound_access_tokens_required?: true;
  /** The proof algorithms that the resource supports (RFC 9728 §2). */
  dpop_signing_alg_values_supported?: string[];
  /** The resource's name: a claim of the resource, length-limited. */
  name?: string;
}

/**
 * Fetches and validates the metadata of `resource` (RFC 9728 §3). If there is none at its own URL, a document at the root of
 * the origin is used if it names exactly this resource: some servers publish it there only.
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
    try {
      return validateResourceMetadata(context, resource, await firstDocument(context, url, wellKnown));
    } catch (error) {
      return metadataElsewhere(context, resource, error);
    }
  };
  return withStep('resource-metadata', read, url);
}

async function firstDocument(context: FlowContext, url: string, wellKnown: string): Promise<JsonObject> {
  try {
    return await fetchDocument(context, url);
  } catch (error) {
    if (url === wellKnown || !isMetadataMissing(error)) throw error;
    return await fetchDocument(context, wellKnown).catch((other: unknown) => {
      // A document that could not be read says more than the absence of another.
      throw isMetadataMissing(other) && !isAbsent({ ...error.details, code: error.code }) ? error : other;
    });
  }
}

/** The failures after which the document may be at another URL; a server that failed or timed out has to be asked again. */
const MAY_BE_ELSEWHERE: ReadonlySet<string> = new Set(['not-found', 'unreachable', 'redirected', 'web-page']);

/**
 * Returns the metadata from a URL where it does not belong, if it names exactly `resource`.
 * @throws `failure`, the reason why it was not found where it belongs, with the name in the last document found
 */
async function metadataElsewhere(context: FlowContext, resource: string, failure: unknown): Promise<ResourceMetadata> {
  if (!(failure instanceof OAuthError) || !MAY_BE_ELSEWHERE.has(failure.code)) throw failure;
  let named: string | undefined;
  for (const url of otherResourceMetadataUrls(resource)) {
    const document = await fetchDocument(context, url).catch((error: unknown) => {
      if (error instanceof OAuthError && error.code !== 'cancelled') return undefined;
      throw error;
    });
    if (document?.resource === resource) return validateResourceMetadata(context, resource, document);
    named ??= sameOriginName(context, document?.resource, resource);
  }
  const { code, message, details } = failure;
  throw named === undefined ? failure : new OAuthError(code, message, { ...details, named });
}

/** Returns the name that a document claims for its subject if it is a safe URL on the origin of `asked`. */
export function sameOriginName(
  { allowLoopbackHttp }: Pick<FlowContext, 'allowLoopbackHttp'>,
  name: unknown,
  asked: string,
): string | undefined {
  const url = parseSafeUrl(name, allowLoopbackHttp);
  const isPlain = typeof name === 'string' && /^[!-~]+$/.test(name) && !/[{}<>"\\]/.test(name);
  return isPlain && url?.origin === new URL(asked).origin ? name : undefined;
}

async function fetchDocument(context: FlowContext, url: string): Promise<JsonObject> {
  const response = await context.fetchFor('resource-metadata')(url, {
    headers: { accept: 'application/json' },
    signal: context.signal ?? null,
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
 * otherwise the whole document is discarded (DISC-2). It may name no authorization server, which is optional (§2), but if it
 * names some, one of them has to be usable.
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
    { named: sameOriginName(context, document.resource, resource) },
  );
  const { authorization_servers: listed } = document;
  const servers = Array.isArray(listed) ? listed : [];
  const issuers = servers.filter((issuer): issuer is string => isIssuer(issuer, context.allowLoopbackHttp));
  const isUnnamed = listed === undefined || listed === null || (Array.isArray(listed) && listed.length === 0);
  if (issuers.length === 0 && !isUnnamed) {
    context.onCheck({ rule: 'server-is-named', outcome: 'failed' });
    throw new OAuthError('no-authorization-server', 'the resource names no usable server');
  }
  const scopes = textsOf(document.scopes_supported);
  const algorithms = textsOf(document.dpop_signing_alg_values_supported);
  const name = sanitizeText(document.resource_name, 80);
  return omitUndefined({
    resource,
    authorization_servers: [...new Set(issuers)].slice(0, MAX_SERVERS),
    scopes_supported: scopes && scopeTokens(scopes),
    dpop_bound_access_tokens_required: document.dpop_bound_access_tokens_required === true || undefined,
    dpop_signing_alg_values_supported: algorithms,
    name,
  });
}

/**
 * The maximum number of authorization servers to consider: the metadata of each is fetched, and users do not choose among more.
 */
const MAX_SERVERS = 10;

/**
 * Returns the valid scope tokens without duplicates (RFC 6749 §3.3). An overlong one would never be granted. Only a screen limits
 * their number: cutting here would lose some without a word.
 */
export function scopeTokens(names: readonly string[]): string[] {
  const tokens = names.filter((name) => name.length <= 200 && isScopeToken(name));
  return [...new Set(tokens)];
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
