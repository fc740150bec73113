import type { SignInFailure } from '#connections/sign-in-failure.ts';
import { messages } from '#messages/en.ts';

const words = messages.faults;

/** What happened, why, and what helps, of a request that failed (UI-3). */
export function faultWords(
  host: string,
  failure: SignInFailure,
  isOnline: boolean,
): { title: string; text: string; next: string } {
  const { code, step } = failure;
  const what = (step === undefined ? words.askedSomething : words.asked[step])(host);
  return code === 'unreachable' && !isOnline ? words.offline(what) : words.codes[code](host, what);
}
