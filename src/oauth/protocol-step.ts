/** The purpose of each request in a protocol flow. */
export type ProtocolStep =
  | 'unauthorized-call'
  | 'resource-metadata'
  | 'server-metadata'
  | 'registration'
  | 'pushed-request'
  | 'token-exchange'
  | 'signing-keys'
  | 'userinfo'
  | 'refresh'
  | 'revocation';
