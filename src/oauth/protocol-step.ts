/** The requests this app makes in a flow, by what they are for. */
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
