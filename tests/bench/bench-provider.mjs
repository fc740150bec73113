/** oidc-provider for the benches: one public client, one user who agrees to everything, rotation on every refresh. */
import { Provider } from 'oidc-provider';

export const CLIENT_ID = 'bench';

/**
 * Signs Alice in and grants what the app requests, without a page.
 * @param {Provider} provider
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export async function signInAlice(provider, request, response) {
  const { prompt } = await provider.interactionDetails(request, response);
  const result = prompt.name === 'login' ? { login: { accountId: 'alice' } } : { consent: {} };
  return provider.interactionFinished(request, response, result);
}

/**
 * @param {string} issuer
 * @param {string} redirectUri
 * @param {number} tokenSeconds
 */
export function createProvider(issuer, redirectUri, tokenSeconds) {
  const hour = 3600;
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['only-for-benches'] },
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    // A first-party client: no consent is needed.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid offline_access');
      await grant.save();
      return grant;
    },
    issueRefreshToken: () => Promise.resolve(true),
    expiresWithSession: () => Promise.resolve(false),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      IdToken: hour,
      RefreshToken: 2 * hour,
      Interaction: 600,
      Session: 2 * hour,
      Grant: 2 * hour,
    },
    features: { devInteractions: { enabled: false } },
  });
}

/**
 * Suppresses oidc-provider's development warnings on the terminal.
 * @returns {() => void} restores them
 */
export function hushProvider() {
  const { warn, info } = console;
  const others = (/** @type {typeof warn} */ say) =>
    function hushed(/** @type {unknown[]} */ ...words) {
      if (!String(words[0]).includes('oidc-provider')) say(...words);
    };
  console.warn = others(warn);
  console.info = others(info);
  return () => Object.assign(console, { warn, info });
}
