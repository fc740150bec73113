import { appName } from './app-name.ts';

/** "a, b and c" */
const all = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

export const settings = {
  title: 'Settings',
  lede: 'Saved in this browser. Changes apply immediately.',
  /** For a browser whose storage is unavailable or full. */
  ledeUnkept: 'Changes apply immediately.',
  theme: { title: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  formats: {
    title: 'Language and formats',
    text: 'How dates, times and numbers are written. The interface stays in English. Date fields follow the browser.',
    locale: 'Region',
    asBrowser: (locale: string) => `Browser default: ${locale}`,
    hourCycle: 'Time',
    hourCycles: { language: 'Region default', '24h': '24-hour', '12h': '12-hour' },
    example: 'Example:',
  },
  letterKeys: {
    title: 'Keyboard shortcuts',
    text: 'Single keys start a post or open a page. They never fire while you type.',
    on: 'On',
    off: 'Off',
    map: 'Show shortcuts',
  },
  keyMap: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    andThen: 'then',
    or: 'or',
    lettersOff: 'Single-key shortcuts are off. Turn them on in Settings.',
    planner: { title: 'Planner', newPost: 'New post' },
    inspector: {
      title: 'Flow inspector',
      steps: 'Next and previous step',
      goOn: 'Run the paused step',
      pause: 'Pause or resume',
      reveal: 'Reveal the focused secret',
    },
    composer: { title: 'Writing a post', send: 'Post or schedule', close: 'Close and save draft' },
    anywhere: {
      title: 'Anywhere',
      planner: 'Go to the planner',
      connections: 'Go to Connections',
      inspector: 'Go to the Flow inspector',
      settings: 'Go to Settings',
      map: 'Show shortcuts',
    },
  },
  erase: {
    title: 'Erase everything',
    text: 'Deletes everything this app stores in this browser.',
    posts: (count: number, shown: string) => (count === 1 ? '1 post or draft' : `${shown} posts and drafts`),
    connections: (count: number, shown: string) => (count === 1 ? '1 connection' : `${shown} connections`),
    /** Before they are counted. */
    uncounted: 'all posts, drafts and connections',
    birdsong: 'all Birdsong data',
    removes: (parts: readonly string[]) => `Removes ${all(parts)} from this browser.`,
    revokes: 'Revokes your tokens first. You’ll see any service that didn’t confirm.',
    sent: 'Posts already sent stay where they are.',
    waiting: (service: string, shown: string) => `the ${shown} scheduled on ${service}`,
    waitingStay: (places: readonly string[]) => `So do ${all(places)}.`,
    onBirdsong: 'Posts on Birdsong are deleted.',
    word: 'erase',
    confirm: 'Type “erase” to confirm',
    button: 'Erase everything',
    underWay: {
      title: 'Erasing everything',
      text: 'Asking each service to revoke its tokens, then deleting everything. Keep this page open.',
    },
    unconfirmed: {
      title: 'Everything was erased',
      text: (services: readonly string[]) =>
        `${all(services)} didn’t confirm that the tokens are revoked. To be safe, remove ${appName} in your account settings there.`,
    },
    startAfresh: 'Start over',
    failed: 'Not everything was erased.',
    failedText: 'The browser blocked it. Try again, or delete this site’s data in the browser’s settings.',
  },
};
