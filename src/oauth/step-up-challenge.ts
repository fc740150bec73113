import { tokenChallenge } from './challenge.ts';

/** How a person has to sign in for a call to be accepted (RFC 9470 §3): claims of the resource server. */
export interface StepUpChallenge {
  /** Ways to sign in, best first, space separated. */
  acrValues?: string;
  /** How many seconds ago it may be at most. */
  maxAge?: number;
}

/** What a 401 demands with `insufficient_user_authentication`; undefined where that is not its reason. */
export function stepUpChallenge(header: string | null): StepUpChallenge | undefined {
  const parameters = tokenChallenge(header)?.parameters;
  if (parameters?.error !== 'insufficient_user_authentication') return undefined;
  const { acr_values: acrValues, max_age: age } = parameters;
  return {
    ...(acrValues !== undefined && acrValues.length <= 300 && { acrValues }),
    ...(age !== undefined && /^\d{1,9}$/.test(age) && { maxAge: Number(age) }),
  };
}
