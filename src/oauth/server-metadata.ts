import { OAuthError } from './errors.ts';
import { withStep, assertRule, type FlowContext } from './flow-context.ts';
import type { JsonObject } from './json-document.ts';
import { isMetadataMissing, readJsonDocument } from './read-json-document.ts';
import { sameOriginName, scopeTokens, textsOf } from './resource-metadata.ts';
import { parseSafeUrl, withoutQuery } from './safe-url.ts';
import { isSameIssuer, serverMetadataUrls } from './well-known.ts';

const OPTIONAL_ENDPOINTS = [
  'registration_endpoint',
  'pushed_authorization_request_endpoint',
  'revocation_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const;
const OPTIONAL_LISTS = [
  'scopes_supported',
  'code_challenge_methods_supported',
  'id_token_signing_alg_values_supported',
  'protected_resources',
  'dpop_signing_alg_values_supported',
] as const;
const OPTIONAL_CLAIMS = [
  'authorization_response_iss_parameter_supported',
  'require_pushed_authorization_requests',
  'client_id_metadata_document_supported',
] as const;

/** The metadata of an authorization server that the app uses, named as in RFC 8414 §2; every URL is validated. */
export type ServerMetadata = {
  /** The issuer identifier as written, never normalised (DISC-8). */
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
} & Partial<Record<(typeof OPTIONAL_ENDPOINTS)[number], string>> &
  Partial<Record<(typeof OPTIONAL_LISTS)[number], string[]>> &
  /** From RFC 9207 §3, RFC 9126 §5, and the draft on client id metadata documents, §5. */
  Partial<Record<(typeof OPTIONAL_CLAIMS)[number], boolean>>;

export interface ServerMetadataOptions {
  /** Called with the failure of each URL that does not have the metadata. */
  onMissed?: (failure: OAuthError) => void;
  /** Called with the name of each optional endpoint that is left out because it is not a safe URL. */
  onOmitted?: (name: string) => void;
  /** True if a server may be used that does not say whether it supports PKCE: the deployer or the user vouches for it (DISC-13). */
  allowSilentPkce?: boolean;
}

/**
 * Fetches the metadata of `issuer` from the URLs of DISC-7. After a document that is missing, unreadable or silent about PKCE
 * the next URL is tried (a 404 without CORS headers looks like a network failure); a document of another issuer ends the search.
 * @returns metadata whose `issuer` is spelled as the server spells it, with or without a lone slash after the host (DISC-8)
 * @throws OAuthError `issuer-mismatch` | `unsafe-url` | `endpoint-missing` | `pkce-unsupported` | the first failure if no URL
 *   has it
 */
export function fetchServerMetadata(
  context: FlowContext,
  issuer: string,
  options: ServerMetadataOptions = {},
): Promise<ServerMetadata> {
  return withStep('server-metadata', () => firstMetadata(context, issuer, options));
}

async function firstMetadata(
  context: FlowContext,
  issuer: string,
  options: ServerMetadataOptions,
): Promise<ServerMetadata> {
  const { onMissed = () => undefined } = options;
  let first: OAuthError | undefined;
  let silent: { metadata: ServerMetadata; url: string } | undefined;
  for (const url of serverMetadataUrls(issuer)) {
    try {
      const document = await fetchDocument(context, url);
      const metadata = validateServerMetadata(context, issuer, document, options);
      if (announcesPkce(metadata)) return metadata;
      silent ??= { metadata, url };
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const failure = error.in('server-metadata', withoutQuery(url));
      // A document was already found: only its own server's word against PKCE, or the user, can still discard it.
      const isOver = silent ? failure.code === 'pkce-unsupported' || failure.code === 'cancelled' : true;
      if (isOver && !isMetadataMissing(error)) throw failure;
      onMissed(failure);
      first ??= failure;
    }
  }
  if (!silent) throw first ?? new OAuthError('not-found', 'no metadata address');
  const { metadata, url } = silent;
  await withStep('server-metadata', async () => requirePkce(context, metadata, options.allowSilentPkce === true), url);
  return metadata;
}

async function fetchDocument(context: FlowContext, url: string): Promise<JsonObject> {
  const response = await context.fetchFor('server-metadata')(url, {
    headers: { accept: 'application/json' },
    signal: context.signal ?? null,
  });
  return readJsonDocument(response, url);
}

/** Returns true if the server says that it supports PKCE with S256 (RFC 8414 §2). */
export function announcesPkce({ code_challenge_methods_supported: methods }: ServerMetadata): boolean {
  return methods?.includes('S256') === true;
}

/**
 * Requires S256 (DISC-13). A server that says nothing may support it, and many do; one that lists other methods only does not.
 * @throws OAuthError `pkce-unsupported`
 */
function requirePkce(context: FlowContext, metadata: ServerMetadata, allowSilence: boolean): void {
  const { code_challenge_methods_supported: methods } = metadata;
  const actual = methods?.join(' ').slice(0, 100) ?? 'none';
  const holds = announcesPkce(metadata) || (methods === undefined && allowSilence);
  assertRule(context, holds, { rule: 'pkce-is-supported', expected: 'S256', actual }, 'pkce-unsupported');
}

/**
 * Returns true for an absent value. Servers must omit members without a value (RFC 8414 §3.2), but some send null or an empty
 * string.
 */
const isUnsaid = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Validates a parsed document (RFC 8414 §3.3): the issuer equals the requested one character by character, except for a lone
 * slash after the host (DISC-8), every URL that the app uses is safe (DISC-9, DISC-10), and the server does not exclude S256
 * (DISC-13). Leaves out an optional endpoint that is not safe, and drops unknown members.
 * @returns the metadata; `announcesPkce` tells whether it lists S256 or says nothing
 * @throws OAuthError `issuer-mismatch` | `unsafe-url` | `endpoint-missing` | `pkce-unsupported`
 */
export function validateServerMetadata(
  context: FlowContext,
  issuer: string,
  document: JsonObject,
  { onOmitted = () => undefined }: ServerMetadataOptions = {},
): ServerMetadata {
  const { issuer: own } = document;
  const actual = typeof own === 'string' ? own : 'none';
  assertRule(
    context,
    isSameIssuer(actual, issuer),
    { rule: 'issuer-matches', expected: issuer, actual: actual.slice(0, 300) },
    'issuer-mismatch',
    { named: sameOriginName(context, own, issuer) },
  );
  const isSafe = (url: unknown): url is string =>
    typeof url === 'string' && parseSafeUrl(url, context.allowLoopbackHttp) !== undefined;
  const needed = (member: string): string => {
    const url = document[member];
    if (isSafe(url)) return url;
    context.onCheck({ rule: 'endpoints-are-safe', outcome: 'failed', expected: member });
    if (isUnsaid(url)) throw new OAuthError('endpoint-missing', `the server names no ${member}`, { member });
    throw new OAuthError('unsafe-url', `the server's ${member} is not a safe address`, { member });
  };
  const metadata: ServerMetadata = {
    issuer: actual,
    authorization_endpoint: needed('authorization_endpoint'),
    token_endpoint: needed('token_endpoint'),
  };
  const requiresPar = document.require_pushed_authorization_requests === true;
  if (requiresPar) {
    metadata.pushed_authorization_request_endpoint = needed('pushed_authorization_request_endpoint');
  }
  let areSafe = true;
  for (const name of OPTIONAL_ENDPOINTS) {
    const url = document[name];
    if (isUnsaid(url)) continue;
    if (isSafe(url)) metadata[name] = url;
    else {
      areSafe = false;
      context.onCheck({ rule: 'endpoints-are-safe', outcome: 'failed', expected: name });
      onOmitted(name);
    }
  }
  if (areSafe) context.onCheck({ rule: 'endpoints-are-safe', outcome: 'passed' });
  for (const name of OPTIONAL_LISTS) {
    const list = textsOf(document[name]);
    if (list) metadata[name] = name === 'scopes_supported' ? scopeTokens(list) : list;
  }
  for (const name of OPTIONAL_CLAIMS) {
    if (document[name] === true) metadata[name] = true;
  }
  if (metadata.code_challenge_methods_supported) requirePkce(context, metadata, false);
  return metadata;
}
