import { appName } from './app-name.ts';

/** How a post stands. */
export const status = {
  draft: 'Draft',
  /** Of a draft's time. */
  hasPassed: (when: string) => `${when} has passed.`,
  scheduled: 'Scheduled',
  byServer: 'sent by the server',
  sending: 'Sending…',
  sent: 'Sent',
  failed: 'Failed.',
  sentInPart: (done: number, all: number) => `Sent to ${done} of ${all}.`,
  scheduledInPart: (done: number, all: number) => `Scheduled on ${done} of ${all}.`,
  triedAt: (when: string) => `Tried ${when}.`,
  quoted: (words: string) => `It says: “${words}”`,
  /** A network, with the account where its name alone does not tell which. */
  named: (network: string, account: string) => (account === '' ? network : `${network} (${account})`),
  likes: 'Likes',
  reposts: 'Reposts',
  replies: 'Replies',
  reasons: {
    'needs-sign-in': (network: string) => `${network} needs sign-in.`,
    'not-allowed': (network: string) => `${network} does not allow this post.`,
    refused: (network: string) => `${network} refused it.`,
    unreachable: (network: string) =>
      `${network} could not be reached. Either this device was offline, or ${network} does not let browser apps send this (CORS).`,
    'server-fault': (network: string) => `${network} had a fault.`,
    'not-connected': (network: string) => `${network} was not connected.`,
    interrupted: (network: string) =>
      `This page closed while it was being sent. Look at ${network} first: it may be out.`,
    'app-fault': () => `Something in ${appName} itself went wrong.`,
    'rate-limited': (network: string) => `${network} is limiting posts.`,
    'proof-refused': (network: string) =>
      `${network} did not accept the proof of this browser’s key (DPoP), most often because a clock is wrong. Check this device’s clock, then try again.`,
    'nonce-unreadable': (network: string) =>
      `${network} wants a value sent back (DPoP nonce) that it does not let browser apps read. Whoever runs it has to change that.`,
  },
  gone: (network: string) => `${network} is not connected any more.`,
  /** Before it takes the post: the same again, or another way. */
  authentication: {
    again: (network: string) =>
      `${network} wants you to sign in again before it takes this post. It then goes out by itself.`,
    otherWay: (network: string) =>
      `${network} wants you to sign in in another way, perhaps a stronger one, before it takes this post. It then goes out by itself.`,
    inVain: (network: string) =>
      `You signed in as ${network} wanted, and it wants the same again. Another sign-in would not help: ask whoever runs it.`,
  },
  /** For want of permission, by what has become of asking for it. */
  permission: {
    'not-given': (network: string) => `${network} lets ${appName} read, not post.`,
    'given-since': (network: string) => `${network} did not let ${appName} post.`,
    'given-in-vain': (network: string) => `${network} still does not let ${appName} post. Ask whoever runs it.`,
  },
};
