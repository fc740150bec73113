import { appName } from './app-name.ts';

/** "a, b and c" */
const all = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Settings. */
export const settings = {
  title: 'Settings',
  lede: 'Kept in this browser. Changes take effect at once.',
  /** Where the browser keeps nothing, or has no room. */
  ledeUnkept: 'Changes take effect at once.',
  theme: { title: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  formats: {
    title: 'Language and formats',
    text: 'How dates, times and numbers are written. The words stay English. Date fields follow the browser.',
    locale: 'Formats of',
    asBrowser: (locale: string) => `As this browser: ${locale}`,
    hourCycle: 'Time',
    hourCycles: { language: 'As the language writes it', '24h': '24 h', '12h': '12 h' },
    example: 'Example:',
  },
  letterKeys: {
    title: 'Single-letter keys',
    text: 'One letter begins a post or goes to a page. Letters in fields stay letters.',
    on: 'On',
    off: 'Off',
    map: 'Keyboard',
  },
  keyMap: {
    title: 'Keyboard',
    close: 'Close',
    andThen: 'then',
    or: 'or',
    lettersOff: 'Single-letter keys are off. Settings turns them on.',
    planner: { title: 'Planner', newPost: 'New post' },
    inspector: {
      title: 'Flow inspector',
      steps: 'Next and previous step',
      goOn: 'Let the held step go on',
      pause: 'Pause and go on',
      reveal: 'Reveal the secret that has the focus',
    },
    composer: { title: 'Writing a post', send: 'Post or schedule', close: 'Close, the draft is kept' },
    anywhere: {
      title: 'Anywhere',
      planner: 'Go to the planner',
      connections: 'Go to Connections',
      inspector: 'Go to the Flow inspector',
      settings: 'Go to Settings',
      map: 'Show this map',
    },
  },
  erase: {
    title: 'Erase everything',
    text: 'Puts this browser back to the first day.',
    posts: (count: number, shown: string) => (count === 1 ? '1 post or draft' : `${shown} posts and drafts`),
    connections: (count: number, shown: string) => (count === 1 ? '1 connection' : `${shown} connections`),
    /** Before they are counted. */
    uncounted: 'all posts, drafts and connections',
    birdsong: 'the whole of Birdsong',
    removes: (parts: readonly string[]) => `Removes ${all(parts)} from this browser.`,
    revokes: 'Asks each service to revoke its tokens first. If one does not answer, you see which.',
    sent: 'Posts already sent stay where they are.',
    waiting: (service: string, shown: string) => `the ${shown} waiting on ${service}’s server`,
    waitingStay: (places: readonly string[]) => `So do ${all(places)}.`,
    onBirdsong: 'Those on Birdsong go with it.',
    word: 'erase',
    confirm: 'Type “erase” to confirm',
    button: 'Erase everything',
    underWay: {
      title: 'Erasing everything',
      text: 'Asking each service to revoke its tokens, then everything here goes. Leave this page open.',
    },
    unconfirmed: {
      title: 'Everything here is erased',
      text: (services: readonly string[]) =>
        `${all(services)} did not confirm that the tokens are revoked. To be sure, remove ${appName} in your account there.`,
    },
    startAfresh: 'Start afresh',
    failed: 'Not everything was erased.',
    failedText: 'This browser stood in the way. Try again, or remove this site’s data in the browser’s own settings.',
  },
};
