/** What an attacker does to a sign-in on its way back; the rest is the app's own path. */
export type SignInScenario = 'changed-state' | 'wrong-issuer' | 'missing-verifier' | 'replayed-code';

/** What can be tried on the demo network, to see what notices it. */
export type AttackScenario = SignInScenario | 'old-refresh-token';
