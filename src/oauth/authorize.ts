import type { ServerMetadata } from './server-metadata.ts';
import type { StepUpChallenge } from './step-up-challenge.ts';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scope: readonly string[];
  state: string;
  codeChallenge: string;
  /** Present whenever `openid` is asked for (AUTH-3). */
  nonce?: string;
  /** The resource identifier exactly as published (AUTH-6; RFC 8707 §2). */
  resource?: string;
  /** Who is to sign in, as the server named them: it may offer that account first (AUTH-7; OIDC Core §3.1.2.1). */
  loginHint?: string;
  /** How the person has to sign in this time (API-8; RFC 9470 §4). */
  authentication?: StepUpChallenge;
  /** The thumbprint of the key that the code is to be bound to (DPOP-8; RFC 9449 §10). */
  keyThumbprint?: string;
}

/**
 * What is asked of the authorization endpoint (RFC 6749 §4.1.1, RFC 7636 §4.3). `prompt=consent` goes with `offline_access`
 * where OpenID is spoken (AUTH-9; OIDC Core §11); `prompt=login` says a demand that names neither a way nor an age, which a
 * server would else meet without asking anybody.
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

/** The address to send the person to. The endpoint's own query is kept and no parameter stands twice (AUTH-5). */
export function authorizationUrl(server: ServerMetadata, parameters: URLSearchParams): string {
  const url = new URL(server.authorization_endpoint);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  return url.href;
}

/** What is left of a request that was pushed: who asks, and what stands for the rest (RFC 9126 §4). */
export function pushedParameters(clientId: string, requestUri: string): URLSearchParams {
  return new URLSearchParams({ client_id: clientId, request_uri: requestUri });
}

function promptFor({ scope, authentication }: AuthorizationRequest): string | undefined {
  if (!scope.includes('openid')) return undefined;
  const isBare = authentication && authentication.acrValues === undefined && authentication.maxAge === undefined;
  const prompts = [...(isBare ? ['login'] : []), ...(scope.includes('offline_access') ? ['consent'] : [])];
  return prompts.length > 0 ? prompts.join(' ') : undefined;
}
