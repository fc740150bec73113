import type { HttpClient } from '#connections/http/http-client.ts';
import type { SignInScenario } from '#connections/sign-in/attack-scenario.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import type { Fetch } from '#oauth/flow-context.ts';
import type { TraceTag } from '#trace/event.ts';
import { maskValue } from '#trace/mask.ts';

/** What lies between a server and the app on a sign-in's way back: the response, and the wire that its code goes out on. */
export interface CallbackPath {
  captured: CapturedResponse;
  http: HttpClient;
}

/** An issuer that nobody has asked; no such host can be (RFC 6761 §6.4). */
const STRANGER = 'https://attacker.invalid';

/**
 * Plays the attacker on a sign-in's way back: changes the one thing that the lesson is about, and records what. Whether it is
 * noticed is up to the app and the server, which know nothing of it.
 */
export function tamper(lesson: SignInScenario, tag: TraceTag, { captured, http }: CallbackPath): CallbackPath {
  const tell = (what: string, from: string, to: string): void =>
    void http.recorder.record(tag, { type: 'tampered', what, from, to });
  /** The response with another value in it, still told of in the lesson's flow: its state may lead to none. */
  const withParameter = (name: string, value: string): CapturedResponse => {
    tell(name, shown(name, captured.parameters.get(name)), shown(name, value));
    const parameters = new URLSearchParams(captured.parameters);
    parameters.set(name, value);
    return { ...captured, parameters, tag };
  };
  switch (lesson) {
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
          // Who has copied the whole request is quicker than the app, and keeps the answer.
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

/** The HTTP client, of which the token request alone goes another way. */
function withTokenRequest(http: HttpClient, change: (send: Fetch) => Fetch): HttpClient {
  return {
    ...http,
    forFlow(...asked) {
      const context = http.forFlow(...asked);
      const { fetchFor } = context;
      return {
        ...context,
        fetchFor: (step) => (step === 'token-exchange' ? change(fetchFor(step)) : fetchFor(step)),
      };
    },
  };
}
