/** The attacks that can be simulated on an authorization response; everything else runs the app's own code. */
export type SignInScenario = 'changed-state' | 'wrong-issuer' | 'missing-verifier' | 'replayed-code';

/** The attacks that the user can try on the demo network, to see which check detects them. */
export type AttackScenario = SignInScenario | 'old-refresh-token';
