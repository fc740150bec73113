import { isServiceReference, type ServiceReference } from '#connections/services/service.ts';
import { isStoredServer } from '#connections/store/connection-record.ts';
import { isObject, isStrings } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';
import type { FlowKind } from '#trace/event.ts';

import type { SignInScenario } from './attack-scenario.ts';
import { safeReturnPath } from './return-path.ts';
import type { SignInContext } from './sign-in-outcome.ts';

/** Everything a sign-in needs when it returns, stored before the page navigates away (AUTH-4). Times in milliseconds. */
export interface PendingSignIn {
  state: string;
  codeVerifier: string;
  nonce?: string;
  /** The issuer and endpoints at the start of the sign-in; the metadata may change before it returns (CB-7). */
  server: ServerMetadata;
  clientId: string;
  redirectUri: string;
  service: ServiceReference;
  scope: readonly string[];
  returnTo: string;
  /** The connection to reauthorize; missing for a new one. */
  connectionId?: string;
  /** How the user must authenticate, if an API call required it (API-8). */
  authentication?: StepUpChallenge;
  /** The maximum age of the user's authentication in seconds, which the id_token must prove. */
  maxAge?: number;
  /** The key to bind the tokens to, or that none could be stored; missing if the server offers no binding. */
  binding?: PendingBinding;
  /** The response must contain `iss` regardless of the metadata, because the server has no redirect URI of its own (CB-6). */
  mustNameIssuer?: true;
  /** The post to resume once the requested permission is granted. */
  resumes?: string;
  /** The attack to simulate on the response, if a demo started this sign-in; stored under this name since the first version. */
  lesson?: SignInScenario;
  /** The trace flow, so the trace shows both halves of the sign-in as one. */
  flow: string;
  expiresAt: number;
}

export type PendingBinding = { kind: 'key'; keyId: string; isRequired: boolean } | { kind: 'key-not-kept' };

export const SIGN_IN_LIFETIME_MS = 10 * 60 * 1000;

/** The sign-ins that left this tab and have not returned: one sessionStorage record each, keyed by state. */
export interface PendingSignIns {
  save(signIn: PendingSignIn): void;
  /** Returns a record without deleting it. */
  peek(state: string): PendingSignIn | undefined;
  /** Returns and deletes a record, so it is used only once (CB-3). Returns undefined if it is unknown or unreadable. */
  take(state: string): PendingSignIn | undefined;
  /** Returns and deletes the sign-ins that left for a service and never returned; also deletes expired ones. */
  takeAbandoned(serviceId: string, now: number): PendingSignIn[];
  /** Returns the unexpired sign-ins that return to a redirect URI. */
  returningTo(redirectUri: string, now: number): PendingSignIn[];
  /** Returns the ids of services with an unexpired sign-in that has not returned. */
  abandoned(now: number): readonly string[];
}

const PREFIX = 'sign-in ';

/** Creates {@link PendingSignIns} in `storage`, this tab's sessionStorage. If it is undefined, `save` throws. */
export function createPendingSignIns(storage: Storage | undefined): PendingSignIns {
  const read = (key: string): PendingSignIn | undefined => parse(storage?.getItem(key) ?? null);
  const keys = (): string[] => Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));
  const unexpired = (now: number): PendingSignIn[] =>
    keys().flatMap((key) => {
      const signIn = read(key);
      return signIn && signIn.expiresAt > now ? [signIn] : [];
    });
  return {
    save(signIn) {
      if (!storage) throw new DOMException('sessionStorage is blocked', 'SecurityError');
      storage.setItem(PREFIX + signIn.state, JSON.stringify(signIn));
    },
    peek: (state) => read(PREFIX + state),
    take(state) {
      const signIn = read(PREFIX + state);
      storage?.removeItem(PREFIX + state);
      return signIn;
    },
    returningTo: (redirectUri, now) => unexpired(now).filter((signIn) => signIn.redirectUri === redirectUri),
    abandoned: (now) => [...new Set(unexpired(now).map(({ service }) => service.id))],
    takeAbandoned(serviceId, now) {
      const abandoned: PendingSignIn[] = [];
      for (const key of keys()) {
        const signIn = read(key);
        const isExpired = !signIn || signIn.expiresAt <= now;
        if (signIn?.service.id === serviceId) abandoned.push(signIn);
        if (isExpired || signIn.service.id === serviceId) storage?.removeItem(key);
      }
      return abandoned;
    },
  };
}

function parse(text: string | null): PendingSignIn | undefined {
  const value = parseJson(text ?? 'null');
  return isPendingSignIn(value) ? { ...value, returnTo: safeReturnPath(value.returnTo) } : undefined;
}

function isPendingSignIn(value: unknown): value is PendingSignIn {
  if (!isObject<keyof PendingSignIn>(value)) return false;
  const { state, codeVerifier, clientId, redirectUri, returnTo, flow, expiresAt, server, service, scope, binding } =
    value;
  return (
    isStrings([state, codeVerifier, clientId, redirectUri, returnTo, flow]) &&
    typeof expiresAt === 'number' &&
    isStoredServer(server) &&
    isServiceReference(service) &&
    Array.isArray(scope) &&
    (binding === undefined || isPendingBinding(binding))
  );
}

function isPendingBinding(value: unknown): value is PendingBinding {
  if (!isObject(value)) return false;
  if (value.kind === 'key-not-kept') return true;
  return value.kind === 'key' && typeof value.keyId === 'string' && 'isRequired' in value;
}

/**
 * Returns the trace's flow kind: `attack-demo` for a simulated attack, `step-up` if a waiting post or a challenge needs more than the
 * current grant, otherwise `connect`.
 */
export function flowKindOf({
  lesson,
  resumes,
  authentication,
}: { [Member in 'lesson' | 'resumes' | 'authentication']?: PendingSignIn[Member] | undefined }): FlowKind {
  if (lesson) return 'attack-demo';
  return resumes === undefined && authentication === undefined ? 'connect' : 'step-up';
}

/** Returns the purpose of a sign-in, without its secrets. */
export function toContext(signIn: PendingSignIn): SignInContext {
  const { service, returnTo, scope, connectionId, resumes, authentication } = signIn;
  return omitUndefined({
    service,
    returnTo,
    scope,
    connectionId,
    resumes,
    authentication,
  });
}
