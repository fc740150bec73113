import type { ServerMetadata } from './server-metadata.ts';
import type { StepUpChallenge } from './step-up-challenge.ts';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scope: readonly string[];
  state: string;
  codeChallenge: string;
  /** Required whenever `openid` is requested (AUTH-3). */
  nonce?: string | undefined;
  /** The resource identifier exactly as published (AUTH-6; RFC 8707 §2). */
  resource?: string | undefined;
  /**
   * The account to sign in with, as the server named it; the server may offer that account first (AUTH-7; OIDC Core §3.1.2.1).
   */
  loginHint?: string | undefined;
  /** The step-up requirements for this sign-in (API-8; RFC 9470 §4). */
  authentication?: StepUpChallenge | undefined;
  /** False if the server has issued a refresh token to the user before, so that it need not ask for consent (AUTH-9). */
  needsConsent?: boolean;
  /** The thumbprint of the key to bind the code to (DPOP-8; RFC 9449 §10). */
  keyThumbprint?: string | undefined;
}

/**
 * Builds the parameters of an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3). With OpenID, `prompt=consent` accompanies
 * `offline_access` where consent is needed (AUTH-9; OIDC Core §11). `prompt=login` expresses a step-up challenge that names neither `acr_values` nor
 * `max_age`, which a server would otherwise satisfy without any interaction.
 */
export function authorizationParameters(request: AuthorizationRequest): URLSearchParams {
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope.length > 0 ? request.scope.join(' ') : undefined,
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    nonce: request.nonce,
    resource: request.resource,
    login_hint: request.loginHint,
    acr_values: request.authentication?.acrValues,
    max_age: request.authentication?.maxAge?.toString(),
    dpop_jkt: request.keyThumbprint,
    prompt: promptFor(request),
  };
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return new URLSearchParams(given);
}

/** The parameters that belong to the request, not to the endpoint. */
const REQUEST_PARAMETERS = [
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
  'resource',
  'dpop_jkt',
];

/** Returns the URL to send the user to. Preserves the endpoint's own query and never repeats a parameter (AUTH-5). */
export function authorizationUrl(server: ServerMetadata, parameters: URLSearchParams): string {
  const url = new URL(server.authorization_endpoint);
  // After a pushed request, the endpoint's own query must not say anything beside it (RFC 9126 §4).
  for (const name of REQUEST_PARAMETERS) url.searchParams.delete(name);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Returns the parameters that remain of a pushed request: the client id and the `request_uri` that stands for the rest (RFC
 * 9126 §4).
 */
export function pushedParameters(clientId: string, requestUri: string): URLSearchParams {
  return new URLSearchParams({ client_id: clientId, request_uri: requestUri });
}

function promptFor({ scope, authentication, needsConsent = true }: AuthorizationRequest): string | undefined {
  if (!scope.includes('openid')) return undefined;
  const isBare = authentication && authentication.acrValues === undefined && authentication.maxAge === undefined;
  const prompts = [
    ...(isBare ? ['login'] : []),
    ...(needsConsent && scope.includes('offline_access') ? ['consent'] : []),
  ];
  return prompts.length > 0 ? prompts.join(' ') : undefined;
}
