import type { Grant, Refusal } from '#connections/store/connection-state.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { OAuthError, OAuthErrorCode } from '#oauth/errors.ts';

/** The number of refusals in a row after which only a sign-in is likely to help. */
export const MAX_REFUSALS = 3;

/** How long a refused refresh waits, in milliseconds. It is then retried only when the token is needed. */
export const REFUSED_WAIT_MS = 60 * 60 * 1000;

/** Refusals of the DPoP proof, which are about a clock or a header and say nothing about the grant. */
const ABOUT_PROOF: ReadonlySet<OAuthErrorCode> = new Set(['invalid-dpop-proof', 'nonce-unreadable']);

/**
 * Returns who refused a refresh: the server, with a 4xx that is about this request, or the app, which rejected the tokens in a
 * response. Returns undefined for any other failure.
 * @param hasTokens whether the response contained tokens
 */
export function refusedBy(
  { code, details: { status = 0 } }: OAuthError,
  hasTokens: boolean,
): Refusal['by'] | undefined {
  if (hasTokens) return 'app';
  const isPassing = status === 408 || status === 429;
  return status >= 400 && status < 500 && !isPassing && !ABOUT_PROOF.has(code) ? 'server' : undefined;
}

/** Returns a refusal with the server's own words, as far as they repeat no part of a token (TOK-7). */
export function refusalOf(by: Refusal['by'], { details }: OAuthError, grant: Grant): Refusal {
  const secrets = [grant.refreshToken, grant.accessToken].filter((token) => token !== undefined);
  const ifHarmless = (text: string | undefined): string | undefined =>
    text === undefined || secrets.some((secret) => repeatsPartOf(secret, text)) ? undefined : text;
  return omitUndefined({
    by,
    error: ifHarmless(details.serverError),
    description: ifHarmless(details.serverDescription),
  });
}

/** The length of a part of a token that counts as repeated; shorter ones occur by chance. */
const PART_LENGTH = 8;

function repeatsPartOf(secret: string, text: string): boolean {
  const last = Math.max(0, secret.length - PART_LENGTH);
  for (let start = 0; start <= last; start += 1) {
    if (text.includes(secret.slice(start, start + PART_LENGTH))) return true;
  }
  return false;
}
