import type { OAuthErrorCode } from '#oauth/errors.ts';

export type ConnectionErrorCode =
  /** The connection does not exist: it was disconnected, here or in another tab. */
  | 'no-connection'
  /** The grant has ended; only a new sign-in can replace it. */
  | 'needs-sign-in'
  /** The token could not be refreshed this time; the grant is still valid. */
  | 'refresh-failed';

/** Thrown when a connection can't be used. `oauth` is the code of the underlying protocol error, if there was one. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly code: ConnectionErrorCode;
  readonly oauth: OAuthErrorCode | undefined;

  constructor(code: ConnectionErrorCode, message: string, options: { cause?: unknown; oauth?: OAuthErrorCode } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.oauth = options.oauth;
  }
}
