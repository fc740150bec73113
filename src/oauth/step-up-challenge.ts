import { tokenChallenge } from './challenge.ts';

/** The sign-in that a resource server requires before it accepts a call (RFC 9470 §3). */
export interface StepUpChallenge {
  /** Acceptable authentication context classes, in order of preference, separated by spaces. */
  acrValues?: string;
  /** The maximum age of the sign-in, in seconds. */
  maxAge?: number;
}

/** Returns the requirements of an `insufficient_user_authentication` challenge; undefined if the header has none. */
export function stepUpChallenge(header: string | null): StepUpChallenge | undefined {
  const parameters = tokenChallenge(header)?.parameters;
  if (parameters?.error !== 'insufficient_user_authentication') return undefined;
  const { acr_values: acrValues, max_age: age } = parameters;
  return {
    ...(acrValues !== undefined && acrValues.length <= 300 && { acrValues }),
    ...(age !== undefined && /^\d{1,9}$/.test(age) && { maxAge: Number(age) }),
  };
}
