import { assertRule, type FlowContext } from './flow-context.ts';
import type { JsonObject } from './json-document.ts';
import { parseToken } from './parse-token.ts';

/** What an id_token from a refresh has to be about. */
interface RefreshedSignIn {
  server: { issuer: string };
  clientId: string;
  subject?: string | undefined;
}

/**
 * Rejects a refresh response whose id_token names another user, issuer or client (ID-5; OIDC Core §12.2): its tokens belong to
 * somebody else. A claim that is missing or malformed names nobody else; the later checks reject it.
 * @param idToken as received, not validated yet
 * @throws OAuthError `account-mismatch`
 */
export function assertSameSignIn(
  context: Pick<FlowContext, 'onCheck'>,
  idToken: string,
  { server, clientId, subject }: RefreshedSignIn,
): void {
  const parsed = parseToken(idToken);
  if (parsed.kind !== 'jwt') return;
  const { iss, sub, azp } = parsed.claims;
  const isSame =
    !differs(iss, server.issuer) && !differs(sub, subject) && isFor(parsed.claims, clientId) && !differs(azp, clientId);
  assertRule(context, isSame, { rule: 'same-person' }, 'account-mismatch');
}

/**
 * Rejects a refresh response whose `sub` member names another user than the sign-in did.
 * @throws OAuthError `account-mismatch`
 */
export function assertSameSubject(
  context: Pick<FlowContext, 'onCheck'>,
  actual: string | undefined,
  expected: string | undefined,
): void {
  if (actual === undefined || expected === undefined) return;
  assertRule(context, actual === expected, { rule: 'same-person' }, 'account-mismatch');
}

const differs = (actual: unknown, expected: string | undefined): boolean =>
  typeof actual === 'string' && actual !== '' && expected !== undefined && actual !== expected;

function isFor({ aud }: JsonObject, clientId: string): boolean {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  const named = audiences.filter((one) => typeof one === 'string' && one !== '');
  return named.length === 0 || named.includes(clientId);
}
