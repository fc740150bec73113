import { appName } from './app-name.ts';

/** A post's status. */
export const status = {
  draft: 'Draft',
  /** The time of a draft. */
  hasPassed: (when: string) => `${when} has passed.`,
  scheduled: 'Scheduled',
  /** After "Scheduled": the networks that publish the post themselves. */
  byServer: (networks: readonly string[]) => `on ${networks.join(', ')}`,
  sending: 'Sending…',
  sent: 'Sent',
  failed: 'Failed.',
  sentInPart: (done: number, all: number) => `Sent to ${done} of ${all}.`,
  scheduledInPart: (done: number, all: number) => `Scheduled on ${done} of ${all}.`,
  triedAt: (when: string) => `Last tried ${when}.`,
  quoted: (words: string) => `Its message: “${words}”`,
  /** A network, with the account if its name alone is ambiguous. */
  named: (network: string, account: string) => (account === '' ? network : `${network} (${account})`),
  likes: 'Likes',
  reposts: 'Reposts',
  replies: 'Replies',
  reasons: {
    'needs-sign-in': (network: string) => `Sign in to ${network} again.`,
    forbidden: (network: string) => `${network} doesn’t allow this post.`,
    refused: (network: string) => `${network} rejected this post.`,
    unreachable: (network: string) =>
      `No response came from ${network}. You may be offline, or ${network} blocks posting from browser apps (CORS).`,
    'server-failed': (network: string) => `${network} had a server error.`,
    'not-connected': (network: string) => `${network} wasn’t connected.`,
    interrupted: (network: string) =>
      `The page closed during sending. Check ${network} first: the post may already be there.`,
    'app-error': () => `Something went wrong in ${appName}.`,
    'rate-limited': (network: string) => `${network} says you are posting too often.`,
    'invalid-dpop-proof': (network: string) =>
      `${network} rejected the proof of this browser’s key (DPoP). Try again; if that doesn’t help, this device’s clock may be wrong.`,
    'nonce-unreadable': (network: string) =>
      `${network} requires a DPoP nonce but hides it from browser apps. Its operator has to fix that.`,
  },
  /** After a reason that leaves open whether the network has the post. */
  mayHaveArrived: (network: string) =>
    `The post may be there all the same. Trying again doesn’t publish it twice; before you edit it, check ${network}.`,
  gone: (network: string) => `${network} is no longer connected.`,
  /** The network requires a sign-in before it accepts the post: the same one again, or a stronger method. */
  authentication: {
    again: (network: string) => `${network} wants you to sign in again first. The post then goes out automatically.`,
    otherWay: (network: string) =>
      `${network} wants you to sign in with a stronger method first. The post then goes out automatically.`,
    rejected: (network: string) =>
      `${network} keeps asking for the same sign-in. Signing in again won’t help; contact its support.`,
  },
  /** For missing permission, by what came of requesting it. */
  permission: {
    'not-granted': (network: string) => `${appName} can read from ${network}, but not post.`,
    'granted-since': (network: string) => `${network} didn’t let ${appName} post.`,
    'still-insufficient': (network: string) => `${network} still won’t let ${appName} post. Contact its support.`,
  },
};
