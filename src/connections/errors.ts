import type { OAuthErrorCode } from '#oauth/errors.ts';

export type ConnectionErrorCode =
  /** The connection is not there: disconnected here or in another tab. */
  | 'no-connection'
  /** The grant is over; only the person can refresh it. */
  | 'needs-sign-in'
  /** The token could not be refreshed this time; the grant is kept. */
  | 'refresh-failed';

/** A connection can't be used. `oauth` says what the protocol reported, where it did. */
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
