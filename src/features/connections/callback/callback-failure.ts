import { isForgotten } from '#connections/failure.ts';
import { SIGN_IN_LIFETIME_MS } from '#connections/sign-in/pending-sign-in.ts';
import type { SignInOutcome } from '#connections/sign-in/sign-in-outcome.ts';
import {
  canWorkHere,
  describeFailedRequest,
  isClientError,
  isClientRefused,
  type ClientIdOrigin,
} from '#failures/failure-text.ts';
import { messages } from '#messages/en.ts';
import { formatDuration } from '#messages/format.ts';
import type { IconName } from '#ui/icon.tsx';

const words = messages.callback;

type Outcome<Kind extends SignInOutcome['kind']> = Extract<SignInOutcome, { kind: Kind }>;
export type Failure = Exclude<SignInOutcome, Outcome<'connected' | 'account-mismatch'>>;

/** What a screen says of a sign-in that came to nothing: what happened, what was kept, what to do next (CB-9, UI-3). */
export interface FailureText {
  tone: 'plain' | 'warn' | 'bad';
  icon: IconName;
  title: string;
  paragraphs: readonly string[];
  /** As it stood on the wire; plain text, a claim of the server. */
  wire: readonly string[];
  /**
   * What helps: another try; another client id, where a person typed one in and the server refuses it; a look at what happened, where trying again would be unwise; or the way back, with another
   * try as the second choice where there may be need of one.
   */
  help:
    | { kind: 'again'; label: string; isForgotten?: boolean }
    | { kind: 'change-client-id'; again: string }
    | { kind: 'inspect' }
    | { kind: 'back'; again?: string };
}

/**
 * The words for a sign-in that did not end in a connection. Total: every outcome and every code has its own.
 * @param isOnline whether the browser believes that this device has a network
 */
export function describeFailure(
  outcome: Failure,
  isOnline: boolean,
  origin: ClientIdOrigin = 'registered',
): FailureText {
  switch (outcome.kind) {
    case 'denied': {
      const { title, text } = words.denied(outcome.service.name);
      const help = { kind: 'again', label: words.askAgain } as const;
      return { tone: 'plain', icon: 'minus', title, paragraphs: [text], wire: wireOf(outcome), help };
    }
    case 'error-response': {
      const { title, text } = words.serverSaidNo(outcome.service.name, outcome.error);
      const help = helpAfterClientError(isClientError(outcome.error), outcome.error === 'invalid_client', origin);
      return { tone: 'bad', icon: 'alert', title, paragraphs: [text], wire: wireOf(outcome), help };
    }
    case 'refused':
      return describeRefusal(outcome);
    case 'issuer-mismatch': {
      const { title, text } = words.issuerMismatch;
      return { tone: 'bad', icon: 'alert', title, paragraphs: [text], wire: [], help: { kind: 'inspect' } };
    }
    case 'discarded': {
      const { title, text } = words.discarded(outcome.service.name);
      return { tone: 'plain', icon: 'minus', title, paragraphs: [text], wire: [], help: { kind: 'back' } };
    }
    case 'failed': {
      const { tone, title, text, next, wire } = describeFailedRequest(outcome.service.name, outcome, isOnline, origin);
      return {
        tone,
        icon: tone === 'plain' ? 'minus' : 'alert',
        title,
        paragraphs: [text, words.kept, next],
        wire,
        help: canWorkHere(outcome)
          ? helpAfterClientError(isClientRefused(outcome), isForgotten(outcome), origin)
          : { kind: 'back' },
      };
    }
  }
}

function describeRefusal({ reason, service }: Outcome<'refused'>): FailureText {
  if (reason === 'expired-state') {
    const { title, text } = words.expired(formatDuration(SIGN_IN_LIFETIME_MS));
    return {
      tone: 'warn',
      icon: 'clock',
      title,
      paragraphs: [text],
      wire: [],
      help: helpAfterRefusal(reason, service),
    };
  }
  const { title, text } = words.refused[reason];
  const isHarmless = reason === 'unknown-state' || reason === 'already-used';
  return {
    tone: isHarmless ? 'warn' : 'bad',
    icon: isHarmless ? 'window' : 'alert',
    title,
    paragraphs: [text],
    wire: [],
    help: helpAfterRefusal(reason, service),
  };
}

/** Another client id can be typed in, or registered; one of services.json is not this person's to change. */
function helpAfterClientError(isRefused: boolean, isForgottenHere: boolean, origin: ClientIdOrigin) {
  if (isRefused && origin === 'typed') return { kind: 'change-client-id', again: words.startAgain } as const;
  return { kind: 'again', label: words.startAgain, isForgotten: isForgottenHere && origin === 'registered' } as const;
}

/** Where it is not known which service was to be signed in to, there is nothing to start again. */
function helpAfterRefusal(reason: Outcome<'refused'>['reason'], service: Outcome<'refused'>['service']) {
  if (!service) return { kind: 'back' } as const;
  return reason === 'already-used'
    ? ({ kind: 'back', again: words.startAgain } as const)
    : ({ kind: 'again', label: words.startAgain } as const);
}

function wireOf({ error, description }: Outcome<'denied' | 'error-response'>): string[] {
  return [`error=${error}`, ...(description === undefined ? [] : [`error_description="${description}"`])];
}
