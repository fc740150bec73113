import { appName } from './app-name.ts';

/** The screen before anything is connected. */
export const firstRun = {
  title: 'Start',
  heading: 'Plan your week of posts. Publish them as yourself.',
  lede: `Sign in to each network, choose what ${appName} can do there, and it publishes on time. There is no server in between.`,
  connect: (service: string) => `Connect ${service} (built-in demo network)`,
  note: (service: string) => `No account needed. Nothing you post to ${service} leaves this browser.`,
  otherService: 'You can still connect a service of your own and follow every request in the flow inspector.',
  steps: [
    {
      title: 'Connect',
      text: (service: string) =>
        `You sign in on ${service}’s own page. It asks to see your name, post for you, and read your posts and their statistics. Untick anything you don’t want.`,
    },
    { title: 'Plan', text: () => 'Write a post, preview it as the network will show it, and pick a time.' },
    { title: 'Publish', text: () => 'Posts go out on schedule. See every request in the' },
  ],
  inspector: 'Flow inspector',
};
