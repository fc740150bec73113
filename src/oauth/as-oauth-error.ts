import * as oauth from 'oauth4webapi';

import { omitUndefined } from '#lib/omit-undefined.ts';

import { foreignErrorText } from './error-description.ts';
import { OAuthError, type OAuthErrorCode } from './errors.ts';
import { parseJsonText } from './json-document.ts';
import type { ProtocolStep } from './protocol-step.ts';
import { withoutQuery } from './safe-url.ts';
import { sanitizeText } from './sanitize-text.ts';

const CODES: Partial<Record<string, OAuthErrorCode>> = {
  [oauth.UNSUPPORTED_OPERATION]: 'unknown-token-type',
  [oauth.JWT_TIMESTAMP_CHECK]: 'clock-mismatch',
  [oauth.JWT_CLAIM_COMPARISON]: 'id-token-invalid',
  [oauth.KEY_SELECTION]: 'id-token-invalid',
};

/**
 * Converts any failure of oauth4webapi to an OAuthError without its `cause`: the library attaches whole response bodies there,
 * and an error must not contain a token (TOK-7). JSON errors keep their name, and 5xx becomes `http-5xx`.
 */
export function asOAuthError(error: unknown, endpoint: string, step: ProtocolStep): OAuthError {
  return translated(error, endpoint, step).in(step);
}

/** The steps that identify the client by its id. In other steps, such as registration, a 401 says nothing about the client. */
const KNOWS_CLIENTS: ReadonlySet<ProtocolStep> = new Set(['par', 'token-request', 'refresh', 'revocation']);

function translated(error: unknown, endpoint: string, step: ProtocolStep): OAuthError {
  if (error instanceof OAuthError) return error;
  const url = withoutQuery(endpoint);
  if (error instanceof oauth.ResponseBodyError) {
    return new OAuthError(errorCodeFor(error.status), 'the server responded with an OAuth error', {
      url,
      status: error.status,
      ...omitUndefined({
        serverError: sanitizeText(error.error, 100),
        serverDescription: sanitizeText(error.error_description),
      }),
    });
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const { status } = error;
    const named = sanitizeText(error.cause.find(({ parameters }) => parameters.error)?.parameters.error, 100);
    return new OAuthError(errorCodeFor(status), 'the server responded with a challenge', {
      url,
      status,
      ...(named === undefined ? meantBy(status, step) : { serverError: named }),
    });
  }
  const status = error instanceof Error && error.cause instanceof Response ? error.cause.status : undefined;
  if (status !== undefined && status >= 400) {
    return new OAuthError(errorCodeFor(status), 'the server rejected the request without a reason', {
      url,
      status,
      ...meantBy(status, step),
    });
  }
  const code = error instanceof Error && 'code' in error ? CODES[String(error.code)] : undefined;
  return new OAuthError(
    code ?? 'malformed-response',
    'the response is not what the specification asks',
    omitUndefined({ url, status }),
  );
}

/**
 * Throws the error of a 4xx response whose body describes it in a form of the server's own; leaves every other response to the
 * caller, unread.
 * @throws OAuthError `oauth-error` | `rate-limited`
 */
export async function throwForeignError(response: Response, endpoint: string, step: ProtocolStep): Promise<void> {
  const { status } = response;
  if (status < 400 || status >= 500) return;
  const serverDescription = foreignErrorText(parseJsonText(await response.clone().text()) ?? {});
  if (serverDescription === undefined) return;
  const details = { url: withoutQuery(endpoint), status, serverDescription, ...meantBy(status, step) };
  throw new OAuthError(errorCodeFor(status), 'the server responded with an error of its own form', details);
}

/**
 * RFC 6749 §5.2: a server returns 401 if it does not know the client. The challenge cannot be read across origins, so a bare
 * 401 counts as `invalid_client`.
 */
function meantBy(status: number, step: ProtocolStep): { serverError?: string } {
  return status === 401 && KNOWS_CLIENTS.has(step) ? { serverError: 'invalid_client' } : {};
}

function errorCodeFor(status: number): OAuthErrorCode {
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'http-5xx' : 'oauth-error';
}
