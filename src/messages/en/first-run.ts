import { appName } from './app-name.ts';

/** What a newcomer sees. */
export const firstRun = {
  title: 'Start',
  heading: 'Plan the week’s posts and send them as yourself.',
  lede: `${appName} runs in this browser and nowhere else. You sign in at each service, decide what the app may do there, and it posts for you on time.`,
  connect: (service: string) => `Connect ${service} (built-in demo network)`,
  note: (service: string) => `${service} needs no account, and its posts never leave this browser.`,
  otherService: 'You can still connect a service of your own, and use the planner and the flow inspector with it.',
  steps: [
    {
      title: 'Connect',
      text: (service: string) =>
        `You sign in on ${service}’s own page. The app asks to see your name, to post for you, and to read your posts and how they did. Untick there what you do not want.`,
    },
    { title: 'Plan', text: () => 'Write a post, see it as the network will show it, and pick its time.' },
    { title: 'Publish', text: () => 'Posts go out at their time. Every request is there to read in the' },
  ],
  inspector: 'Flow inspector',
};
