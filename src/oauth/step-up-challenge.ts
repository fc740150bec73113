import { tokenChallenge } from './challenge.ts';

/** The sign-in that a resource server requires before it accepts a call (RFC 9470 §3). */
export interface StepUpChallenge {
  /** Acceptable authentication context classes, in order of preference, separated by spaces. */
  acrValues?: string;
  /** The maximum age of the sign-in, in seconds. */
  maxAge?: number;
}

/** The error of RFC 9470 §3, and the names that Okta and Microsoft Entra ID gave it before. */
const STEP_UP_ERRORS: ReadonlySet<string> = new Set([
  'insufficient_user_authentication',
  'insufficient_authentication_context',
  'insufficient_claims',
]);

/** Returns the requirements of a challenge that asks for another sign-in; undefined if the header has none. */
export function stepUpChallenge(header: string | null): StepUpChallenge | undefined {
  const parameters = tokenChallenge(header)?.parameters;
  if (parameters?.error === undefined || !STEP_UP_ERRORS.has(parameters.error)) return undefined;
  const { acr_values: acrValues, max_age: age } = parameters;
  return {
    ...(acrValues !== undefined && acrValues.length <= 300 && { acrValues }),
    ...(age !== undefined && /^\d{1,9}$/.test(age) && { maxAge: Number(age) }),
  };
}
