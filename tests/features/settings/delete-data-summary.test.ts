import { expect, it } from 'vitest';

import { eraseSummaryOf } from '#features/settings/delete-data-summary.ts';
import { connectionView, delivery, draft, NOW, post } from '#tests/support/views.ts';

it('counts posts, connections, and what stays at each service outside this browser', () => {
  const waiting = { kind: 'scheduled', remoteId: 'r', at: NOW } as const;
  const posts = [
    draft(),
    post(waiting),
    draft({ deliveries: [delivery(waiting), delivery(waiting, { network: 'Mastodon' })] }),
    draft({ deliveries: [delivery(waiting, { network: 'Mastodon' })] }),
    draft({ deliveries: [delivery(waiting, { network: 'Bluesky' })] }),
    draft({ deliveries: [delivery({ kind: 'sent', remoteId: 'r', at: NOW }, { network: 'Bluesky' })] }),
  ];
  expect(eraseSummaryOf(posts, [connectionView()], 'Birdsong')).toEqual({
    posts: 6,
    connections: 1,
    waitingAt: [
      { service: 'Mastodon', count: 2 },
      { service: 'Bluesky', count: 1 },
    ],
  });
});
