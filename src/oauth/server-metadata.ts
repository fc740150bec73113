import { OAuthError } from './errors.ts';
import { withStep, assertRule, type FlowContext } from './flow-context.ts';
import { isMetadataMissing, readJsonDocument, type JsonObject } from './json-document.ts';
import { scopeTokens, textsOf } from './resource-metadata.ts';
import { parseSafeUrl } from './safe-url.ts';
import { serverMetadataUrls } from './well-known.ts';

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

/**
 * Fetches the metadata of `issuer` from the URLs of DISC-7. After a missing or unreadable document the next URL is tried (a 404
 * without CORS headers looks like a network failure); a document of another issuer ends the search.
 * @param onMissed called with the failure of each URL that does not have the metadata
 * @throws OAuthError `issuer-mismatch` | `unsafe-url` | `pkce-unsupported` | the first failure if no URL has it
 */
export function fetchServerMetadata(
  context: FlowContext,
  issuer: string,
  onMissed: (failure: OAuthError) => void = () => undefined,
): Promise<ServerMetadata> {
  return withStep('server-metadata', () => firstMetadata(context, issuer, onMissed));
}

async function firstMetadata(
  context: FlowContext,
  issuer: string,
  onMissed: (failure: OAuthError) => void,
): Promise<ServerMetadata> {
  let first: OAuthError | undefined;
  for (const url of serverMetadataUrls(issuer)) {
    let document: JsonObject;
    try {
      const response = await context.fetchFor('server-metadata')(url, {
        headers: { accept: 'application/json' },
        signal: context.signal ?? null,
      });
      document = await readJsonDocument(response, url);
    } catch (error) {
      if (!isMetadataMissing(error)) throw error;
      const missed = error.in('server-metadata');
      onMissed(missed);
      first ??= missed;
      continue;
    }
    return withStep('server-metadata', async () => validateServerMetadata(context, issuer, document), url);
  }
  throw first ?? new OAuthError('not-found', 'no metadata address');
}

/**
 * Returns true for an absent value. Servers must omit members without a value (RFC 8414 §3.2), but some send null or an empty
 * string.
 */
const isUnsaid = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Validates a parsed document (RFC 8414 §3.3): the issuer equals the requested one character by character (DISC-8), every URL
 * that the app uses is safe (DISC-9, DISC-10), and S256 is supported (DISC-13). Drops unknown members.
 */
export function validateServerMetadata(context: FlowContext, issuer: string, document: JsonObject): ServerMetadata {
  const actual = typeof document.issuer === 'string' ? document.issuer : 'none';
  assertRule(
    context,
    document.issuer === issuer,
    { rule: 'issuer-matches', expected: issuer, actual: actual.slice(0, 300) },
    'issuer-mismatch',
  );
  const endpoint = (name: string): string => {
    const url = document[name];
    if (typeof url === 'string' && parseSafeUrl(url, context.allowLoopbackHttp)) return url;
    context.onCheck({ rule: 'endpoints-are-safe', outcome: 'failed', expected: name });
    throw new OAuthError('unsafe-url', `the server's ${name} is missing or not a safe address`);
  };
  const metadata: ServerMetadata = {
    issuer,
    authorization_endpoint: endpoint('authorization_endpoint'),
    token_endpoint: endpoint('token_endpoint'),
  };
  for (const name of OPTIONAL_ENDPOINTS) {
    if (!isUnsaid(document[name])) metadata[name] = endpoint(name);
  }
  context.onCheck({ rule: 'endpoints-are-safe', outcome: 'passed' });
  for (const name of OPTIONAL_LISTS) {
    const list = textsOf(document[name]);
    if (list) metadata[name] = name === 'scopes_supported' ? scopeTokens(list) : list;
  }
  for (const name of OPTIONAL_CLAIMS) {
    if (document[name] === true) metadata[name] = true;
  }
  assertRule(
    context,
    metadata.code_challenge_methods_supported?.includes('S256') === true,
    {
      rule: 'pkce-is-supported',
      expected: 'S256',
      actual: metadata.code_challenge_methods_supported?.join(' ').slice(0, 100) ?? 'none',
    },
    'pkce-unsupported',
  );
  return metadata;
}
