/** How a user goes through oidc-provider's pages: automatically at once, or by clicking through two plain pages. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import { errors, type Provider } from 'oidc-provider';

/** The users with an account there: subject and name. */
export const USERS: Readonly<Record<string, string>> = { ada: 'Ada Byron', grace: 'Grace Hopper' };

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Signs Ada in and grants what was requested, as a user does with two clicks. */
export function answerAtOnce(provider: Provider): Listener {
  return async (request, response) => {
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: 'ada', ...acrFor(params) } });
    }
    const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    const grant =
      known ?? new provider.Grant({ accountId: String(session?.accountId), clientId: String(params.client_id) });
    const scope = String(params.scope);
    grant.addOIDCScope(scope);
    if (typeof params.resource === 'string') grant.addResourceScope(params.resource, scope);
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  };
}

/**
 * Creates two pages for a browser. The first has a button for each of `USERS`; the second has a checkbox for each scope, with
 * its name, and the buttons Allow, Deny, and Use another account. The ticked scopes become the grant, which replaces an earlier one.
 */
export function createSignInPages(provider: Provider): Listener {
  async function allow({ params, session }: Interaction, ticked: readonly string[]): Promise<string> {
    const asked = scopesOf(params);
    const granted = ['openid', ...ticked].filter((scope) => asked.includes(scope));
    const rejected = asked.filter((scope) => !granted.includes(scope));
    const grant = new provider.Grant({ accountId: String(session?.accountId), clientId: String(params.client_id) });
    grant.addOIDCScope(granted.join(' '));
    grant.rejectOIDCScope(rejected.join(' '));
    if (typeof params.resource === 'string') {
      grant.addResourceScope(params.resource, granted.join(' '));
      grant.rejectResourceScope(params.resource, rejected.join(' '));
    }
    return grant.save();
  }

  async function consentPage({ params, session }: Interaction): Promise<string> {
    const client = await provider.Client.find(String(params.client_id));
    const boxes = scopesOf(params)
      .filter((scope) => scope !== 'openid')
      .map((scope) => `<p><label><input type="checkbox" name="scope" value="${scope}" checked> ${scope}</label></p>`);
    return page(
      `Allow ${client?.clientName ?? 'this app'}?`,
      `<p>You are ${USERS[session?.accountId ?? ''] ?? 'nobody'}.</p>${boxes.join('')}`,
      { allow: 'Allow', deny: 'Deny', switch: 'Use another account' },
    );
  }

  const loginPage = (): string => page('Who are you?', '', USERS);

  return async (request, response) => {
    try {
      const interaction = await provider.interactionDetails(request, response);
      if (request.method !== 'POST') {
        const isLogin = interaction.prompt.name === 'login';
        return html(response, 200, isLogin ? loginPage() : await consentPage(interaction));
      }
      const form = new URLSearchParams(await text(request));
      const pressed = form.get('answer') ?? '';
      if (pressed === 'switch') return html(response, 200, loginPage());
      if (pressed === 'deny') return await provider.interactionFinished(request, response, { error: 'access_denied' });
      if (pressed !== 'allow') {
        return await provider.interactionFinished(request, response, { login: { accountId: pressed } });
      }
      const consent = { grantId: await allow(interaction, form.getAll('scope')) };
      return await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
    } catch (error) {
      // Back to a page that was already submitted.
      if (!(error instanceof errors.SessionNotFound)) throw error;
      html(response, 400, page('This page is over', '', {}));
    }
  };
}

/** Says on the server's own page that a request was invalid, without a redirect. */
export const errorPage = (error: string): string => page(`The server says: ${error}`, '', {});

/** Asks the user to confirm the logout. `form` is the provider's own, with the id that its buttons refer to. */
export function signOutPage(form: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <link rel="icon" href="data:,">
  <title>Sign out?</title>
  <h1>Sign out?</h1>
  ${form}
  <button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>
  <button form="op.logoutForm">No, stay signed in</button>
</html>`;
}

/** The user authenticates in the required way. */
const acrFor = ({ acr_values: asked }: Interaction['params']) => (typeof asked === 'string' ? { acr: asked } : {});

const scopesOf = (params: Interaction['params']): string[] => String(params.scope).split(' ').filter(Boolean);

/** A page with a button for each choice, which it posts to its own URL. */
function page(title: string, body: string, answers: Readonly<Record<string, string>>): string {
  const buttons = Object.entries(answers).map(
    ([value, label]) => `<button name="answer" value="${value}">${label}</button>`,
  );
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <link rel="icon" href="data:,">
  <title>${escaped(title)}</title>
  <h1>${escaped(title)}</h1>
  <form method="post">${body}${buttons.join(' ')}</form>
</html>`;
}

const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(body);
}
