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
  /** Whom the app expects: offered first. */
  readonly expected?: User;
  /** What the expected person has allowed this app before. */
  readonly allowedScopes: readonly string[];
  /** Where the form goes: the authorization request itself, path and query, so that it is read and checked anew. */
  readonly action: string;
  readonly guard: string;
}

/**
 * The page that asks who somebody is and what the app may do. Whatever the app says about itself is shown as its claim;
 * where the answer goes is a fact (RFC 9700 §4.11, RFC 7591 §5).
 *
 * @param consent the request and what may be granted
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
 * @param loginHint what the app knows the person by (OpenID Connect Core §3.1.2.1)
 * @returns whom it means, where Birdsong knows them by it
 */
export function userExpected(loginHint: string | null): User | undefined {
  return USERS.find(({ handle, email }) => loginHint === handle || loginHint === email);
}

/**
 * @param description what the library says about the request
 * @returns the app's name as it may be shown
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
  // Somebody else can still be picked on the page, so it says who.
  const mark = allowedBy && html`<small>Already allowed by @${allowedBy.handle}</small>`;
  // A disabled box is not posted; the server grants what is needed anyway.
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

/** The redirect's origin as a CSP source. CSP has no way to write an IPv6 host: there the scheme must do. */
function formTarget(redirectUri: string): string {
  const { origin, hostname, protocol } = new URL(redirectUri);
  return hostname.startsWith('[') ? protocol : origin;
}
