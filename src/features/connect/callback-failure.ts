import type { SignInOutcome } from '#connections/sign-in-outcome.ts';
import { messages } from '#messages/en.ts';
import type { IconName } from '#ui/icon.tsx';

const words = messages.callback;

type Outcome<Kind extends SignInOutcome['kind']> = Extract<SignInOutcome, { kind: Kind }>;
export type Failure = Exclude<SignInOutcome, Outcome<'connected'>>;

/** What a screen says of a sign-in that came to nothing: what happened, what was kept, what to do next (CB-9, UI-3). */
export interface FailureText {
  tone: 'plain' | 'warn' | 'bad';
  icon: IconName;
  title: string;
  paragraphs: readonly string[];
  /** As it stood on the wire; plain text, a claim of the server. */
  wire: readonly string[];
  /** The button for another try; missing where trying again would be unwise. */
  again?: string;
}

/** The words for a sign-in that did not end in a connection. Total: every outcome and every code has its own. */
export function describeFailure(outcome: Failure): FailureText {
  switch (outcome.kind) {
    case 'denied': {
      const { title, text } = words.denied(outcome.service.name);
      return { tone: 'plain', icon: 'minus', title, paragraphs: [text], wire: wireOf(outcome), again: words.askAgain };
    }
    case 'server-said-no': {
      const { title, text } = words.serverSaidNo(outcome.service.name, outcome.error);
      return { tone: 'bad', icon: 'alert', title, paragraphs: [text], wire: wireOf(outcome), again: words.startAgain };
    }
    case 'refused': {
      const { title, text } = words.refused[outcome.reason];
      const isHarmless = outcome.reason === 'unknown-state' || outcome.reason === 'already-used';
      return {
        tone: isHarmless ? 'warn' : 'bad',
        icon: isHarmless ? 'window' : 'alert',
        title,
        paragraphs: [text],
        wire: [],
        again: words.startAgainHere,
      };
    }
    case 'issuer-mismatch': {
      const { title, text } = words.issuerMismatch;
      return { tone: 'bad', icon: 'alert', title, paragraphs: [text], wire: [] };
    }
    case 'failed': {
      const { title, text, next } = messages.faults[outcome.code](outcome.service.name);
      const wire = outcome.serverError === undefined ? [] : [`error=${outcome.serverError}`];
      return {
        tone: 'bad',
        icon: 'alert',
        title,
        paragraphs: [text, words.kept, next],
        wire,
        again: words.startAgain,
      };
    }
  }
}

function wireOf({ error, description }: Outcome<'denied' | 'server-said-no'>): string[] {
  return [`error=${error}`, ...(description === undefined ? [] : [`error_description="${description}"`])];
}
