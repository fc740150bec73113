import { appName } from './app-name.ts';

/** The texts of one attack demo. */
export interface DemoText {
  title: string;
  /** What an attacker would do, in one sentence. */
  attack: string;
  /** What should stop it, and where that is specified. */
  catches: string;
  specs: readonly string[];
  /** The result of the attack, shown next to the check that stopped it. */
  outcome: string;
}

/** The attack demos of the flow inspector: what an attacker does on the demo network, and what detects it. */
export const attackDemos = {
  open: 'Attack demos',
  title: 'What if someone attacked?',
  text: 'Each attack really runs, on Birdsong, the demo network in this browser. Neither app nor server knows; watch what stops it. No other service is affected.',
  signIn: 'Sign in to Birdsong as usual. Nothing stays connected afterwards.',
  tryIt: 'Try it',
  tryDemo: (title: string) => `Try it: ${title}`,
  catches: 'What stops it:',
  needsConnection: 'Connect Birdsong with “Stay connected” first.',
  close: 'Close',
  notRun: 'The attack demo couldn’t run. Nothing was changed.',
  caughtBy: 'Stopped by:',
  /** At the step that stopped it. */
  caughtHere: 'Attack stopped here.',
  caught: (what: string) => `Stopped: ${what}`,
  byApp: (rule: string) => `${appName}’s own check “${rule}”.`,
  byServer: (service: string, error: string) => `${service}’s server, which returned ${error}.`,
  notCaught: 'Not stopped yet.',
  scenarios: {
    'changed-state': {
      title: 'Forged response (CSRF)',
      attack:
        'An attacker sends you the response of their own sign-in, so your posts would go to their account. Its state isn’t yours.',
      catches: `${appName} created the state for this sign-in and keeps it in this tab. A response with any other state is ignored.`,
      specs: ['RFC 6749 §10.12', 'RFC 9700 §4.7'],
      outcome: 'No sign-in in this tab has that state, so no code was sent anywhere.',
    },
    'replayed-code': {
      title: 'Replayed code',
      attack:
        'An attacker copies the whole token request, verifier included, and redeems the code before your app does.',
      catches: 'A code works only once. The server rejects the second use and revokes the tokens of the first.',
      specs: ['RFC 6749 §4.1.2', 'RFC 6749 §10.5'],
      outcome:
        'The first of the two requests is the attacker’s. Its tokens were revoked with the second, so nobody has one.',
    },
    'missing-verifier': {
      title: 'Stolen code',
      attack: 'An attacker intercepts a code and redeems it, but doesn’t have the code verifier.',
      catches: 'The server compares the verifier with the challenge of the sign-in. Without it, a code is useless.',
      specs: ['RFC 7636 §4.6', 'RFC 9700 §4.8'],
      outcome: 'The verifier was removed from the request, and the server issued no token.',
    },
    'wrong-issuer': {
      title: 'Server mix-up',
      attack: 'An attacker’s server mixes up two sign-ins, so the app would hand it a code meant for another server.',
      catches: `The response names its server (iss). ${appName} compares it with the one it asked before the code goes anywhere.`,
      specs: ['RFC 9207 §2.4', 'RFC 9700 §4.4'],
      outcome: 'The response named a server that wasn’t asked, so its code wasn’t sent.',
    },
    'old-refresh-token': {
      title: 'Stolen refresh token',
      attack: 'An attacker copied your refresh token some time ago and uses it after your app has replaced it.',
      catches:
        'Each refresh replaces the token, and the server rejects the old one. Some servers also revoke the whole connection, so you have to connect again; Birdsong doesn’t.',
      specs: ['RFC 9700 §4.14.2', 'RFC 6749 §10.4'],
      outcome: 'The token was refreshed twice, so the copy is useless. Your connection continues with the newest one.',
    },
  } satisfies Record<string, DemoText>,
};
