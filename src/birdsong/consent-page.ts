import type { ConsentDescription } from '@cloudflare/workers-oauth-provider';

import { html, plainName } from './html.ts';
import type { Markup } from './html.ts';
import { PICTURES } from './icons.ts';
import type { Page } from './page.ts';
import type { Permission } from './permissions.ts';
import { USERS } from './users.ts';
import type { User } from './users.ts';

export interface ConsentPage {
  readonly description: ConsentDescription;
  readonly permissions: readonly Permission[];
  /** The user that the app expects to sign in, preselected on the page. */
  readonly expected?: User;
  /** The scopes that the expected user has granted this app before. */
  readonly allowedScopes: readonly string[];
  /** The form's action: the path and query of the authorization request, so that it is parsed and validated again. */
  readonly action: string;
  readonly guard: string;
}

/**
 * Builds the page on which the user picks an account and grants permissions. The page presents the app's metadata as
 * unverified claims, and the redirect URI's host as a fact (RFC 9700 §4.11, RFC 7591 §5).
 *
 * @param consent the request and the permissions that can be granted
 * @returns the page
 */
export function consentPage({ description, permissions, expected, allowedScopes, action, guard }: ConsentPage): Page {
  const name = html`<bdi>${clientName(description)}</bdi>`;
  const offered = expected ?? USERS[0];
  const allowedBy = ({ scopes }: Permission): User | undefined =>
    scopes.every((scope) => allowedScopes.includes(scope)) ? expected : undefined;
  return {
    title: 'Allow an app',
    formTarget: formTarget(description.redirectUri),
    aside: html`<h1>${name} would like to use your account</h1>
      <p>You decide what it can do. You can revoke access at any time, here or in ${name}.</p>`,
    card: html`<form method="post" action="${action}">
      <input type="hidden" name="guard" value="${guard}" />
      <fieldset>
        <legend>Sign in as</legend>
        <div class="people">${USERS.map((user) => userChoice(user, user === offered))}</div>
      </fieldset>
      <fieldset>
        <legend>${name} can</legend>
        <div>${permissions.map((permission) => permissionChoice(permission, allowedBy(permission)))}</div>
      </fieldset>
      <div class="acts">
        <button class="button" name="decision" value="deny">Deny</button
        ><button class="button button--yes" name="decision" value="allow">Allow</button>
      </div>
      ${finePrint(description)}
    </form>`,
  };
}

/**
 * Finds the user that a login hint identifies.
 *
 * @param loginHint the `login_hint` parameter (OpenID Connect Core §3.1.2.1)
 * @returns the user whose handle or email address it is, or undefined
 */
export function userExpected(loginHint: string | null): User | undefined {
  return USERS.find(({ handle, email }) => loginHint === handle || loginHint === email);
}

/**
 * Returns the app's name, sanitised for display.
 *
 * @param description the library's description of the request
 */
export function clientName(description: ConsentDescription): string {
  return plainName(description.clientName, 48) || 'Unnamed app';
}

function userChoice(user: (typeof USERS)[number], isChosen: boolean): Markup {
  const input = isChosen
    ? html`<input type="radio" name="person" value="${user.id}" checked />`
    : html`<input type="radio" name="person" value="${user.id}" />`;
  return html`<label class="person"
    >${input}<span>${PICTURES[user.id]}<b>${user.name}</b>@${user.handle}</span></label
  >`;
}

function permissionChoice({ id, title, detail, isNeeded }: Permission, allowedBy: User | undefined): Markup {
  // Name the user, because another account can still be picked on the page.
  const mark = allowedBy && html`<small>Already allowed by @${allowedBy.handle}</small>`;
  // Forms do not submit disabled checkboxes; the server grants required permissions regardless.
  const input = isNeeded
    ? html`<input type="checkbox" checked disabled />`
    : html`<input type="checkbox" name="permission" value="${id}" checked />`;
  return html`<label class="check"
    >${input}<span class="check__body"><b>${title}</b><small>${detail}</small>${mark}</span></label
  >`;
}

function finePrint({ clientUri, redirectUri }: ConsentDescription): Markup {
  const target = new URL(redirectUri);
  const claim =
    clientUri === undefined ? undefined : html`This app says it is at <code>${new URL(clientUri).host}</code>. `;
  return html`<p class="fine">
    ${claim}You’ll return to <code>${plainName(target.host + target.pathname, 120)}</code>.
  </p>`;
}

/** Returns the redirect URI's origin as a CSP source, or only its scheme for an IPv6 host, which CSP cannot express. */
function formTarget(redirectUri: string): string {
  const { origin, hostname, protocol } = new URL(redirectUri);
  return hostname.startsWith('[') ? protocol : origin;
}
