import type { Controls, ControlsState } from './controls.ts';
import type { CsrfGuard } from './csrf.ts';
import { html } from './html.ts';
import type { Markup } from './html.ts';
import { errorPage } from './page.ts';
import type { Page, PageMaker } from './page.ts';
import { PERMISSIONS } from './permissions.ts';
import { readForm } from './request-body.ts';
import type { Urls } from './urls.ts';

const PURPOSE = 'controls';

interface Action {
  readonly button: string;
  /** The message shown after the action. */
  readonly done: string;
  run(controls: Controls): Promise<void>;
}

const ACTIONS = {
  expire: {
    button: 'Expire access tokens now',
    done: 'All access tokens have expired. The next call gets a 401, and the app should refresh.',
    run: (controls) => controls.expireAccessTokens(),
  },
  revoke: {
    button: 'Revoke the app’s access',
    done: 'All access is revoked, refresh tokens too. The app has to ask again.',
    run: (controls) => controls.revokeAccess(),
  },
  'fail-temporary': {
    button: 'Next refresh: 503 error',
    done: 'The next refresh gets a 503. The one after that works.',
    run: (controls) => controls.failNextRefresh('temporary'),
  },
  'fail-refused': {
    button: 'Next refresh: invalid_grant',
    done: 'The next refresh gets invalid_grant, and that access ends.',
    run: (controls) => controls.failNextRefresh('refused'),
  },
  'fail-not': {
    button: 'Next refresh: works',
    done: 'The next refresh works as usual.',
    run: (controls) => controls.failNextRefresh('normal'),
  },
  slow: {
    button: 'Slow responses (+3 s)',
    done: 'The API and the token endpoint now take 3 seconds longer.',
    run: (controls) => controls.setSlowResponses(true),
  },
  quick: {
    button: 'Normal speed',
    done: 'Back to normal speed.',
    run: (controls) => controls.setSlowResponses(false),
  },
  'start-over': {
    button: 'Start over',
    done: 'Birdsong has deleted everything: posts, apps, permissions, settings.',
    run: (controls) => controls.startOver(),
  },
} as const satisfies Record<string, Action>;

type ActionId = keyof typeof ACTIONS;

const isActionId = (value: string | null): value is ActionId => value !== null && Object.hasOwn(ACTIONS, value);

export interface ControlsEndpointOptions {
  readonly urls: Urls;
  readonly controls: Controls;
  readonly guard: CsrfGuard;
  readonly makePage: PageMaker;
  readonly now: () => number;
}

/**
 * Creates the controls endpoint: GET shows the current state, POST runs one action and redirects back with a 303. The
 * redirect targets the result message, which would otherwise be off-screen on a small display.
 *
 * @param options the controls, and the dependencies for rendering pages
 * @returns a request handler
 */
export function createControlsEndpoint({ urls, controls, guard, makePage, now }: ControlsEndpointOptions) {
  const errorResponse = (status: number, heading: string, detail: string): Response =>
    errorPage(urls, makePage, { status, heading, detail });

  return async (request: Request): Promise<Response> => {
    if (request.method === 'POST') {
      const form = await readForm(request);
      const action = form?.get('action') ?? null;
      if (form === undefined || !(await guard.accepts(request, PURPOSE, form.get('guard')))) {
        return errorResponse(403, 'Nothing was changed', 'This form is out of date or did not come from Birdsong.');
      }
      if (!isActionId(action)) return errorResponse(400, 'Nothing was changed', 'No such control.');
      await ACTIONS[action].run(controls);
      return new Response(null, { status: 303, headers: { Location: `${urls.controls}?done=${action}#done` } });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const response = errorResponse(405, 'Method not allowed', 'Open this address in a browser, or post its form.');
      response.headers.set('Allow', 'GET, HEAD, POST');
      return response;
    }
    const done = new URL(request.url).searchParams.get('done');
    const message = isActionId(done) ? ACTIONS[done].done : undefined;
    return makePage(
      controlsPage(urls, await controls.state(), { message, guard: await guard.issue(PURPOSE), now: now() }),
    );
  };
}

function controlsPage(
  urls: Urls,
  state: ControlsState,
  { message, guard, now }: { readonly message: string | undefined; readonly guard: string; readonly now: number },
): Page {
  const button = (id: ActionId, look = ''): Markup =>
    html`<button class="button${look}" name="action" value="${id}">${ACTIONS[id].button}</button>`;
  return {
    // Screen readers announce the title first, so after an action it is the result message.
    title: message ?? 'Controls',
    isCardFirst: true,
    aside: html`<h1>Make things go wrong</h1>
      <p>These controls belong to the demo. They act on the network’s side, as a real network might at any moment.</p>
      <p><a href="${urls.app}">Back to the app</a></p>`,
    card: html`${message === undefined ? undefined : html`<p class="done" id="done" role="status">${message}</p>`}
      <section>
        <h2>Who has access</h2>
        ${accessList(state)}
        <p class="soft">${tokenLine(state.tokenEnds, now)}</p>
      </section>
      <form method="post" action="${urls.controls}">
        <input type="hidden" name="guard" value="${guard}" />
        <section>
          <h2>Access</h2>
          <div class="buttons">${button('expire')}${button('revoke')}</div>
        </section>
        <section>
          <h2>Refresh</h2>
          <p class="soft">${REFRESH_LINES[state.nextRefresh]}</p>
          <div class="buttons">
            ${
              state.nextRefresh === 'normal'
                ? [button('fail-temporary'), button('fail-refused')]
                : button('fail-not', ' button--yes')
            }
          </div>
        </section>
        <section>
          <h2>Speed</h2>
          <p class="soft">
            ${state.isSlow ? 'The API and the token endpoint take 3 seconds longer.' : 'Normal speed.'}
          </p>
          <div class="buttons">${state.isSlow ? button('quick', ' button--yes') : button('slow')}</div>
        </section>
        <section>
          <h2>Everything</h2>
          <p class="soft">Deletes all posts, apps and permissions on Birdsong. The app’s own data isn’t affected.</p>
          <div class="buttons">${button('start-over')}</div>
        </section>
      </form>`,
  };
}

const REFRESH_LINES = {
  normal: 'The next refresh works.',
  temporary: 'The next refresh fails once with a 503.',
  refused: 'The next refresh fails with invalid_grant.',
} as const;

function accessList({ accesses }: ControlsState): Markup {
  if (accesses.length === 0) return html`<p>Nobody. Connect Birdsong in the app first.</p>`;
  return html`<ul class="accesses">
    ${accesses.map(
      ({ user, clientName, scopes, since }) =>
        html`<li>
          <b><bdi>${clientName}</bdi></b> as @${user.handle}
          <small>since ${clockTime(since)} · ${titlesOf(scopes)}</small>
        </li>`,
    )}
  </ul>`;
}

function titlesOf(scopes: readonly string[]): string {
  return PERMISSIONS.filter((permission) => permission.scopes.some((scope) => scopes.includes(scope)))
    .map(({ title }) => title)
    .join(', ');
}

function tokenLine(ends: readonly number[], now: number): string {
  const [soonest] = ends;
  if (soonest === undefined) return 'No access token is valid at the moment.';
  const seconds = Math.max(0, Math.round((soonest - now) / 1000));
  return ends.length === 1
    ? `One access token is valid for another ${seconds} s.`
    : `${ends.length} access tokens are valid, the first for another ${seconds} s.`;
}

function clockTime(instant: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(instant);
}
