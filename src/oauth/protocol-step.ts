/** The purpose of each request in a protocol flow. */
export type ProtocolStep =
  | 'resource-probe'
  | 'resource-metadata'
  | 'server-metadata'
  | 'registration'
  | 'par'
  | 'token-request'
  | 'jwks'
  | 'userinfo'
  | 'refresh'
  | 'revocation';
