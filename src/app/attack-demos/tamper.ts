import type { HttpClient } from '#connections/http/http-client.ts';
import type { SignInScenario } from '#connections/sign-in/attack-scenario.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import type { TraceTag } from '#trace/event.ts';
import { maskValue } from '#trace/mask.ts';

/** What an attacker can tamper with between server and app: the authorization response, and the client that sends its code. */
export interface CallbackPath {
  captured: CapturedResponse;
  http: HttpClient;
}

/** An issuer that takes no part in the sign-in; its host can never exist (RFC 6761 §6.4). */
const STRANGER = 'https://attacker.invalid';

/**
 * Plays the attacker on the callback: changes the one thing that the demo is about, and records the change. Detecting it is up to
 * the app and the server, which do not know about the demo.
 */
export function tamper(scenario: SignInScenario, tag: TraceTag, { captured, http }: CallbackPath): CallbackPath {
  const tell = (what: string, from: string, to: string): void =>
    void http.recorder.record(tag, { type: 'tampered', what, from, to });
  /** Returns the response with a changed parameter. Keeps the demo's tag, because the changed state may match no flow. */
  const withParameter = (name: string, value: string): CapturedResponse => {
    tell(name, shown(name, captured.parameters.get(name)), shown(name, value));
    const parameters = new URLSearchParams(captured.parameters);
    parameters.set(name, value);
    return { ...captured, parameters, tag };
  };
  switch (scenario) {
    case 'changed-state':
      return { captured: withParameter('state', crypto.randomUUID()), http };
    case 'wrong-issuer':
      return { captured: withParameter('iss', STRANGER), http };
    case 'missing-verifier':
      return {
        captured,
        http: withTokenRequest(http, (send) => (input, init) => {
          const body = formOf(init);
          tell('code_verifier', shown('code_verifier', body.get('code_verifier')), NOTHING);
          body.delete('code_verifier');
          return send(input, { ...init, body });
        }),
      };
    case 'replayed-code':
      return {
        captured,
        http: withTokenRequest(http, (send) => async (input, init) => {
          tell('code', 'sent once', 'sent twice');
          // The attacker copied the whole request, sends it before the app does, and keeps the response.
          await send(input, { ...init, body: formOf(init) });
          return send(input, init);
        }),
      };
  }
}

const NOTHING = 'none';
const shown = (name: string, value: string | null): string => (value === null ? NOTHING : maskValue(name, value));

function formOf(init: RequestInit | undefined): URLSearchParams {
  return new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : '');
}

/** Returns the HTTP client with `change` applied to its token request only. */
function withTokenRequest(http: HttpClient, change: (send: Fetch) => Fetch): HttpClient {
  return {
    ...http,
    forFlow(...asked) {
      const context = http.forFlow(...asked);
      const { fetchFor } = context;
      return {
        ...context,
        fetchFor: (step) => (step === 'token-request' ? change(fetchFor(step)) : fetchFor(step)),
      };
    },
  };
}
