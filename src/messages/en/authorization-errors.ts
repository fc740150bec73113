/** The meaning of each error of an authorization request (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6, RFC 8707 §2). */
export const authorizationErrors: Partial<Record<string, string>> = {
  invalid_request: 'A required parameter is missing or invalid.',
  invalid_client: 'This app isn’t registered there.',
  unauthorized_client: 'This app can’t use this kind of sign-in.',
  unsupported_response_type: 'It doesn’t support the authorization code flow.',
  invalid_scope: 'It doesn’t know or allow a requested permission.',
  invalid_target: 'It doesn’t issue tokens for this service.',
  server_error: 'It had an internal error.',
  temporarily_unavailable: 'It is overloaded or under maintenance.',
  login_required: 'You aren’t signed in there.',
  consent_required: 'Your consent is missing.',
  interaction_required: 'It needs you to do something first.',
  account_selection_required: 'You have to choose an account first.',
};
