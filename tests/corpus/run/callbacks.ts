import { vi } from 'vitest';

import { appUrl } from '#base.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import { responseOf, type Entry } from '#tests/corpus/entry.ts';
import { openBrowser } from '#tests/support/browser.ts';

import { CLIENT_ID, SERVER } from './as.ts';

export interface CallbackEntry extends Entry {
  /** Query and fragment of the URL to which the user returns. */
  response: string;
  /** Whether the server promises that its responses name it. */
  namesIssuer?: true;
}

const CALLBACK = new URL(new URL('callback', appUrl).pathname, 'https://planner.example');
const TOKENS = { access_token: 't1', token_type: 'Bearer', expires_in: 3600 };

/** Returns to a tab in which one sign-in is pending, and says what the app makes of the response. */
export async function runCallback({ response, namesIssuer }: CallbackEntry): Promise<object> {
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const isTokenRequest = new Request(input).url === SERVER.token_endpoint;
    return Promise.resolve(isTokenRequest ? responseOf({ body: TOKENS }) : new Response(null, { status: 404 }));
  };
  const tab = openBrowser({ fetch }).openTab();
  tab.pending.save({
    state: 'state-1',
    codeVerifier: 'verifier',
    server: { ...SERVER, ...(namesIssuer && { authorization_response_iss_parameter_supported: true }) },
    clientId: CLIENT_ID,
    redirectUri: CALLBACK.href,
    service: { id: 's1', name: 'Service', resource: 'https://api.example' },
    scope: ['posts'],
    returnTo: '/',
    flow: 'flow-1',
    expiresAt: Date.now() + 60_000,
  });
  const captured = await capture(new URL(response, CALLBACK));
  if (!captured) return { outcome: 'ignored' };
  const outcome: { kind: string; reason?: string; error?: string; description?: string } = await tab.finish(
    CALLBACK,
    (way) => ({ ...way, captured }),
  );
  const { kind, reason, error, description } = outcome;
  return {
    outcome: kind,
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error }),
    ...(description !== undefined && { description }),
  };
}

let visits = 0;

/** Loads the page's module that takes the response from the URL, anew for each visit because it acts when it is evaluated. */
async function capture(location: URL): Promise<CapturedResponse | undefined> {
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', { replaceState: () => undefined });
  visits += 1;
  const module = `${new URL('../../../src/app/boot/captured-response.ts', import.meta.url).href}?visit=${visits}`;
  const { capturedResponse } = (await import(/* @vite-ignore */ module)) as { capturedResponse?: CapturedResponse };
  vi.unstubAllGlobals();
  return capturedResponse;
}
