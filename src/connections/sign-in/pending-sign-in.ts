import { isServiceReference, type ServiceReference } from '#connections/services/service.ts';
import { isStoredServer } from '#connections/store/connection-record.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';
import type { FlowKind } from '#trace/event.ts';

import type { SignInScenario } from './attack-scenario.ts';
import { safeReturnPath } from './return-path.ts';
import type { SignInContext } from './sign-in-outcome.ts';

/** All that a sign-in needs when it comes back, kept from before the page leaves (AUTH-4). Times in milliseconds. */
export interface PendingSignIn {
  state: string;
  codeVerifier: string;
  nonce?: string;
  /** Issuer and endpoints as they were: metadata may change meanwhile (CB-7). */
  server: ServerMetadata;
  clientId: string;
  redirectUri: string;
  service: ServiceReference;
  scope: string[];
  returnTo: string;
  /** The connection that this sign-in renews; none for a new one. */
  connectionId?: string;
  /** How the person has to sign in, where a call demanded it (API-8). */
  authentication?: StepUpChallenge;
  /** Of that, what the id_token has to prove: how many seconds ago the person may have signed in at most. */
  maxAge?: number;
  /** The key that the tokens are to be bound to, or that none could be kept; missing where the server offers no binding. */
  binding?: PendingBinding;
  /** The answer has to name its issuer, whatever the server says of itself: our redirect URI is not its own (CB-6). */
  mustNameIssuer?: true;
  /** The post that waits for the permission asked for, to be sent when it is given. */
  resumes?: string;
  /** What somebody wants to see done to its answer. */
  lesson?: SignInScenario;
  /** The trace's flow, so that both halves stand together. */
  flow: string;
  expiresAt: number;
}

export type PendingBinding = { kind: 'key'; keyId: string; isRequired: boolean } | { kind: 'key-not-kept' };

export const SIGN_IN_LIFETIME_MS = 10 * 60 * 1000;

/** The sign-ins that left this tab and have not come back: one sessionStorage record each, keyed by state. */
export interface PendingSignIns {
  keep(signIn: PendingSignIn): void;
  /** Looks without taking; the record stays. */
  peek(state: string): PendingSignIn | undefined;
  /** Reads and deletes: a record is given out once (CB-3). Undefined when unknown or unreadable. */
  take(state: string): PendingSignIn | undefined;
  /** Deletes and gives those that left for a service and never came back. */
  takeAbandoned(serviceId: string, now: number): PendingSignIn[];
  /** The services that a sign-in left for and has not come back from. */
  abandoned(now: number): readonly string[];
}

const PREFIX = 'sign-in ';

/** Pending sign-ins in `storage`, which is this tab's sessionStorage; without one none can be kept, and `keep` throws. */
export function createPendingSignIns(storage: Storage | undefined): PendingSignIns {
  const read = (key: string): PendingSignIn | undefined => parse(storage?.getItem(key) ?? null);
  const keys = (): string[] => Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));
  return {
    keep(signIn) {
      if (!storage) throw new DOMException('sessionStorage is blocked', 'SecurityError');
      storage.setItem(PREFIX + signIn.state, JSON.stringify(signIn));
    },
    peek: (state) => read(PREFIX + state),
    take(state) {
      const signIn = read(PREFIX + state);
      storage?.removeItem(PREFIX + state);
      return signIn;
    },
    abandoned: (now) => {
      const open = keys()
        .map(read)
        .filter((signIn) => signIn !== undefined && signIn.expiresAt > now);
      return [...new Set(open.map((signIn) => signIn?.service.id ?? ''))];
    },
    takeAbandoned(serviceId, now) {
      const abandoned: PendingSignIn[] = [];
      for (const key of keys()) {
        const signIn = read(key);
        const isOver = !signIn || signIn.expiresAt <= now;
        if (signIn?.service.id === serviceId) abandoned.push(signIn);
        if (isOver || signIn.service.id === serviceId) storage?.removeItem(key);
      }
      return abandoned;
    },
  };
}

function parse(text: string | null): PendingSignIn | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isPendingSignIn(value) ? { ...value, returnTo: safeReturnPath(value.returnTo) } : undefined;
  } catch {
    return undefined;
  }
}

function isPendingSignIn(value: unknown): value is PendingSignIn {
  if (typeof value !== 'object' || value === null) return false;
  const signIn = value as Partial<Record<keyof PendingSignIn, unknown>>;
  const texts = [signIn.state, signIn.codeVerifier, signIn.clientId, signIn.redirectUri, signIn.returnTo, signIn.flow];
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof signIn.expiresAt === 'number' &&
    isStoredServer(signIn.server) &&
    isServiceReference(signIn.service) &&
    Array.isArray(signIn.scope) &&
    (signIn.binding === undefined || isPendingBinding(signIn.binding))
  );
}

function isPendingBinding(value: unknown): value is PendingBinding {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'key-not-kept') return true;
  return value.kind === 'key' && 'keyId' in value && typeof value.keyId === 'string' && 'isRequired' in value;
}

/** What the trace calls it: a lesson, more is asked of a grant that there is, for something that waits, or a grant is asked for. */
export function flowKindOf({
  lesson,
  resumes,
  authentication,
}: Pick<PendingSignIn, 'lesson' | 'resumes' | 'authentication'>): FlowKind {
  if (lesson) return 'lesson';
  return resumes === undefined && authentication === undefined ? 'connect' : 'step-up';
}

/** What a sign-in was for, without its secrets. */
export function toContext(signIn: PendingSignIn): SignInContext {
  const { service, returnTo, scope, connectionId, resumes, authentication } = signIn;
  return {
    service,
    returnTo,
    scope,
    ...(connectionId !== undefined && { connectionId }),
    ...(resumes !== undefined && { resumes }),
    ...(authentication && { authentication }),
  };
}
