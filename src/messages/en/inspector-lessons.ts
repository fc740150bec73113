import { appName } from './app-name.ts';

/** What is said of a lesson. */
export interface LessonWords {
  title: string;
  /** What an attacker would do, in one sentence. */
  attack: string;
  /** What should catch it, and where that is specified. */
  catches: string;
  specs: readonly string[];
  /** Beside what caught it: what came of the attack. */
  outcome: string;
}

/** The lessons of the flow inspector: what an attacker does on the demo network, and what notices it. */
export const inspectorLessons = {
  open: 'What if…',
  title: 'What if somebody meddled?',
  text: 'Each of these is done for real on Birdsong, the network that lives in this browser. The app and the server are not told; you then see what notices it. No other service is touched.',
  signIn: 'You sign in at Birdsong as always: choose somebody and allow it. Nothing is connected in the end.',
  tryIt: 'Try it',
  tryLesson: (title: string) => `Try it: ${title}`,
  catches: 'What should catch it',
  needsConnection: 'For this one Birdsong has to be connected, and allowed to stay so. Connect it first.',
  close: 'Close',
  notRun: 'The lesson could not be run. Nothing was changed.',
  caughtBy: 'Caught by:',
  /** At the step that caught it. */
  caughtHere: 'Caught here, as it should be.',
  caught: (what: string) => `Caught: ${what}`,
  byApp: (rule: string) => `${appName}’s own check “${rule}”.`,
  byServer: (service: string, error: string) => `${service}’s server, which answered ${error}.`,
  notCaught: 'Nothing has caught it so far.',
  lessons: {
    'changed-state': {
      title: 'Another state comes back',
      attack:
        'An attacker sends you an answer of their own sign-in, so that your posts would go out from their account. The state in it is not yours.',
      catches: `${appName} made up the state for this one sign-in and keeps it in this tab. An answer with another one is not acted on.`,
      specs: ['RFC 6749 §10.12', 'RFC 9700 §4.7'],
      outcome: 'No sign-in of this tab has that state, so no code was sent anywhere.',
    },
    'replayed-code': {
      title: 'The code is used twice',
      attack:
        'An attacker copies the whole token request on its way, verifier and all, and is quicker: the code is redeemed before your app does it.',
      catches: 'A code is good for one use. The server refuses the second, and takes back what the first one got.',
      specs: ['RFC 6749 §4.1.2', 'RFC 6749 §10.5'],
      outcome:
        'The first of the two requests is the attacker’s. What it got ended with the second, and nobody has a token.',
    },
    'missing-verifier': {
      title: 'The verifier is missing',
      attack: 'An attacker has caught a code and redeems it, but does not know the secret that it was asked for with.',
      catches:
        'The server holds the verifier against the challenge of the sign-in. Without it a code is worth nothing.',
      specs: ['RFC 7636 §4.6', 'RFC 9700 §4.8'],
      outcome: 'The verifier was taken out of the request on its way, and the server gave out no token.',
    },
    'wrong-issuer': {
      title: 'Another server answers',
      attack:
        'An attacker’s server mixes up two sign-ins, so that the app would hand it a code that is meant for another server.',
      catches: `The answer names its server. ${appName} compares that with the one it asked, letter by letter, before the code goes anywhere.`,
      specs: ['RFC 9207 §2.4', 'RFC 9700 §4.4'],
      outcome: 'The answer named a server that nobody had asked, so the code in it was not sent.',
    },
    'old-refresh-token': {
      title: 'An old refresh token is presented',
      attack: 'An attacker has copied your refresh token some time ago, and uses it after your app has replaced it.',
      catches:
        'Each refresh replaces the token, and the server refuses what it has replaced. Birdsong stops there. Some servers end the whole connection, and then you connect anew.',
      specs: ['RFC 9700 §4.14.2', 'RFC 6749 §10.4'],
      outcome: 'The token was renewed twice, so the copy is worth nothing. Your connection goes on with the newest.',
    },
  } satisfies Record<string, LessonWords>,
};
