import { discoverService, ServiceNotFoundError } from '#connections/discovery/discover-service.ts';
import { registrationMethod, securityProfile } from '#connections/discovery/security-profile.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import { responseOf, type Entry } from '#tests/corpus/entry.ts';
import { answering, testContext } from '#tests/support/flow-context.ts';

export interface ServerMetadataEntry extends Entry {
  /** What the user typed. */
  address: string;
  /** The documents of the server by path; every other path is a 404. */
  documents: Record<string, unknown>;
  contentType?: string;
}

const ENDPOINTS = [
  'registration_endpoint',
  'pushed_authorization_request_endpoint',
  'revocation_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const;

const UNSAID: ReadonlySet<unknown> = new Set([undefined, null, '']);

/** Searches at the typed address, and says what the app makes of the server that it finds. */
export async function runServerMetadata({ address, documents, contentType }: ServerMetadataEntry): Promise<object> {
  const { origin } = new URL(address);
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  const responses = Object.entries(documents).map(([path, body]): [string, () => Response] => [
    origin + path,
    () => responseOf({ body, headers }),
  ]);
  const { fetch } = answering(Object.fromEntries(responses));
  try {
    const [server] = (await discoverService(testContext(fetch), address)).servers;
    if (server.kind === 'unusable') return { outcome: 'rejected', code: server.failure.code };
    return summary(address, server.metadata, Object.values(documents));
  } catch (error) {
    if (!(error instanceof ServiceNotFoundError)) throw error;
    const codes = error.asked.flatMap((attempt) => (attempt.kind === 'failed' ? [attempt.code] : []));
    return { outcome: 'rejected', code: codes.find((code) => code !== 'not-found') ?? 'not-found' };
  }
}

function summary(address: string, metadata: ServerMetadata, documents: readonly unknown[]): object {
  const { tokens, request, response } = securityProfile(metadata, false);
  const isNamed = (document: unknown, name: string): boolean => !UNSAID.has({ ...(document as object) }[name as never]);
  const omitted = ENDPOINTS.filter(
    (name) => metadata[name] === undefined && documents.every((document) => isNamed(document, name)),
  );
  const client = registrationMethod(metadata, { hasClientId: false, hasDocument: true });
  return {
    outcome: 'usable',
    pkce: metadata.code_challenge_methods_supported?.includes('S256') ? 'announced' : 'silent',
    client,
    ...(metadata.issuer !== address && { issuer: metadata.issuer }),
    ...(tokens !== 'bearer' && { dpop: true }),
    ...(request.startsWith('pushed') && { par: request === 'pushed' ? 'required' : 'offered' }),
    ...(response === 'iss' && { iss: true }),
    ...(omitted.length > 0 && { omitted }),
  };
}
