/** How a post stands. */
export const status = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  byServer: 'sent by the server',
  sending: 'Sending…',
  sent: 'Sent',
  failed: 'Failed.',
  sentInPart: (done: number, all: number) => `Sent to ${done} of ${all}.`,
  scheduledInPart: (done: number, all: number) => `Scheduled on ${done} of ${all}.`,
  triedAt: (when: string) => `Tried ${when}.`,
  quoted: (words: string) => `It says: “${words}”`,
  likes: 'Likes',
  reposts: 'Reposts',
  replies: 'Replies',
  reasons: {
    'needs-sign-in': (network: string) => `${network} needs sign-in.`,
    'not-allowed': (network: string) => `${network} lets Content Planner read, not post.`,
    refused: (network: string) => `${network} refused it.`,
    unreachable: (network: string) => `${network} could not be reached.`,
    'server-fault': (network: string) => `${network} had a fault.`,
    'not-connected': (network: string) => `${network} is no longer connected.`,
    interrupted: (network: string) =>
      `This page closed while it was being sent. Look at ${network} first: it may be out.`,
    'app-fault': () => 'Something in Content Planner itself went wrong.',
    'rate-limited': (network: string) => `${network} is limiting posts.`,
  },
};
