import { isForgotten } from '#connections/failure.ts';
import { SIGN_IN_LIFETIME_MS } from '#connections/sign-in/pending-sign-in.ts';
import type { SignInOutcome } from '#connections/sign-in/sign-in-outcome.ts';
import {
  canWorkHere,
  describeFailedRequest,
  isClientError,
  isClientRejected,
  type ClientIdOrigin,
} from '#failures/failure-text.ts';
import { messages } from '#messages/en.ts';
import { formatDuration } from '#messages/format.ts';
import type { IconName } from '#ui/icon.tsx';

const t = messages.callback;

type Outcome<Kind extends SignInOutcome['kind']> = Extract<SignInOutcome, { kind: Kind }>;
export type Failure = Exclude<SignInOutcome, Outcome<'connected' | 'account-mismatch'>>;

/** The text for a failed sign-in: what happened, what remains stored, and what to do next (CB-9, UI-3). */
export interface FailureText {
  tone: 'plain' | 'warn' | 'bad';
  icon: IconName;
  title: string;
  paragraphs: readonly string[];
  /** The server's error parameters as received; plain text, unverified. */
  wire: readonly string[];
  /**
   * The offered remedy: retry; change a client id that the user typed in and the server rejected; inspect what happened, if
   * retrying would be unwise; or go back, with retry as a second choice if one may be needed.
   */
  help:
    | { kind: 'again'; label: string; isForgotten?: boolean }
    | { kind: 'change-client-id'; again: string }
    | { kind: 'inspect' }
    | { kind: 'back'; again?: string };
}

/**
 * Returns the text for a sign-in that did not end in a connection. Covers every outcome and every code.
 * @param isOnline whether the browser reports a network connection
 */
export function describeFailure(
  outcome: Failure,
  isOnline: boolean,
  origin: ClientIdOrigin = 'registered',
): FailureText {
  switch (outcome.kind) {
    case 'denied': {
      const { title, text } = t.denied(outcome.service.name);
      const help = { kind: 'again', label: t.askAgain } as const;
      return { tone: 'plain', icon: 'minus', title, paragraphs: [text], wire: wireOf(outcome), help };
    }
    case 'error-response': {
      const { title, text } = t.errorResponse(outcome.service.name, outcome.error);
      const help = helpAfterClientError(isClientError(outcome.error), outcome.error === 'invalid_client', origin);
      return { tone: 'bad', icon: 'alert', title, paragraphs: [text], wire: wireOf(outcome), help };
    }
    case 'unproven-error': {
      const { title, text } = t.unproven(outcome.service.name);
      const help = { kind: 'again', label: t.startAgain } as const;
      return { tone: 'warn', icon: 'alert', title, paragraphs: [text], wire: wireOf(outcome), help };
    }
    case 'invalid-response':
      return describeInvalidResponse(outcome);
    case 'issuer-mismatch': {
      const { title, text } = t.issuerMismatch;
      return { tone: 'bad', icon: 'alert', title, paragraphs: [text], wire: [], help: { kind: 'inspect' } };
    }
    case 'discarded': {
      const { title, text } = t.discarded(outcome.service.name);
      return { tone: 'plain', icon: 'minus', title, paragraphs: [text], wire: [], help: { kind: 'back' } };
    }
    case 'failed': {
      const { tone, title, text, next, wire } = describeFailedRequest(outcome.service.name, outcome, isOnline, origin);
      return {
        tone,
        icon: tone === 'plain' ? 'minus' : 'alert',
        title,
        paragraphs: [text, t.kept, next],
        wire,
        help: canWorkHere(outcome)
          ? helpAfterClientError(isClientRejected(outcome), isForgotten(outcome), origin)
          : { kind: 'back' },
      };
    }
  }
}

function describeInvalidResponse({ reason, service }: Outcome<'invalid-response'>): FailureText {
  if (reason === 'expired-state') {
    const { title, text } = t.expired(formatDuration(SIGN_IN_LIFETIME_MS));
    return {
      tone: 'warn',
      icon: 'clock',
      title,
      paragraphs: [text],
      wire: [],
      help: helpAfterInvalidResponse(reason, service),
    };
  }
  const { title, text } = t.invalidResponse[reason];
  const isHarmless = reason === 'unknown-state' || reason === 'already-used';
  return {
    tone: isHarmless ? 'warn' : 'bad',
    icon: isHarmless ? 'window' : 'alert',
    title,
    paragraphs: [text],
    wire: [],
    help: helpAfterInvalidResponse(reason, service),
  };
}

/** Offers a new client id or a new registration; the user cannot change one from services.json. */
function helpAfterClientError(isRejected: boolean, isForgottenHere: boolean, origin: ClientIdOrigin) {
  if (isRejected && origin === 'typed') return { kind: 'change-client-id', again: t.startAgain } as const;
  return { kind: 'again', label: t.startAgain, isForgotten: isForgottenHere && origin === 'registered' } as const;
}

/** Offers a retry only if the service is known. */
function helpAfterInvalidResponse(
  reason: Outcome<'invalid-response'>['reason'],
  service: Outcome<'invalid-response'>['service'],
) {
  if (!service) return { kind: 'back' } as const;
  return reason === 'already-used'
    ? ({ kind: 'back', again: t.startAgain } as const)
    : ({ kind: 'again', label: t.startAgain } as const);
}

function wireOf({ error, description }: Outcome<'denied' | 'error-response' | 'unproven-error'>): string[] {
  return [`error=${error}`, ...(description === undefined ? [] : [`error_description="${description}"`])];
}
