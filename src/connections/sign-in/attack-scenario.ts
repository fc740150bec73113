/** What an attacker does to a sign-in on its way back; the rest is the app's own path. */
export type SignInLesson = 'changed-state' | 'wrong-issuer' | 'missing-verifier' | 'replayed-code';

/** What can be tried on the demo network, to see what notices it. */
export type Lesson = SignInLesson | 'old-refresh-token';
