import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PlannerScreen } from '#features/planner/planner-screen.tsx';
import { toastAfterSignIn } from '#features/planner/post-toast.ts';
import { formatClock, formatTime, formatWhen } from '#messages/format.ts';
import type { DeliveryState, PlainReason, Post, StepUpRequirement } from '#planning/post.ts';
import { connectionView, DAY, delivery, draft, HOUR, NOW, post } from '#tests/support/views.ts';

type Props = ComponentProps<typeof PlannerScreen>;

/** The members of all groups side by side, so that a test names only what it changes. */
type Flat = Omit<Props, 'statistics' | 'actions'> & Props['statistics'] & Props['actions'];

function show(posts: readonly Post[] | undefined, changes: Partial<Flat> = {}) {
  const props: Flat = {
    posts,
    connections: [connectionView()],
    counts: new Map(),
    silent: [],
    storedIn: 'device',
    onNew: vi.fn(),
    onOpen: vi.fn(),
    onTryAgain: vi.fn(() => Promise.resolve()),
    onSignIn: vi.fn(),
    onEdit: vi.fn(),
    ...changes,
  };
  const screenOf = ({ counts, silent, onNew, onOpen, onTryAgain, onSignIn, onEdit, ...shown }: Flat) => (
    <MemoryRouter>
      <PlannerScreen
        {...shown}
        statistics={{ counts, silent }}
        actions={{ onNew, onOpen, onTryAgain, onSignIn, onEdit }}
      />
    </MemoryRouter>
  );
  const { rerender } = render(screenOf(props));
  return { ...props, turnTo: (next: Partial<Flat>) => rerender(screenOf({ ...props, ...next })) };
}

const group = (name: string) => screen.getByRole('region', { name });
const cardText = () => screen.getByRole('article').textContent;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the list of posts', () => {
  it('is grouped by day: today, upcoming, drafts, past', () => {
    show([
      post({ kind: 'sent', remoteId: 'r1', at: NOW - 3 * DAY }, { id: 'old', text: 'Long ago' }),
      post({ kind: 'sent', remoteId: 'r2', at: NOW - DAY }, { id: 'yesterday', text: 'Yesterday' }),
      post(
        { kind: 'scheduled', remoteId: 'r3', at: NOW },
        { id: 'later', text: 'In three days', plannedFor: NOW + 3 * DAY },
      ),
      post({ kind: 'scheduled', remoteId: 'r4', at: NOW }, { id: 'next', text: 'Tomorrow', plannedFor: NOW + DAY }),
      post({ kind: 'sending', since: NOW }, { id: 'now', text: 'Right now' }),
      post({ kind: 'sent', remoteId: 'r5', at: NOW - HOUR }, { id: 'earlier', text: 'An hour ago' }),
      draft({ id: 'd1', text: 'Half a thought' }),
    ]);
    const texts = (name: string) =>
      within(group(name))
        .getAllByRole('article')
        .map(
          ({ textContent }) =>
            /An hour ago|Right now|Tomorrow|In three days|Half a thought|Yesterday|Long ago/.exec(textContent)?.[0],
        );
    expect(texts('Today')).toEqual(['An hour ago', 'Right now']);
    expect(texts('Upcoming')).toEqual(['Tomorrow', 'In three days']);
    expect(texts('Drafts')).toEqual(['Half a thought']);
    expect(texts('Earlier')).toEqual(['Yesterday', 'Long ago']);
  });

  it('says so if today is empty', () => {
    show([draft()]);
    expect(group('Today').textContent).toContain('Nothing planned for today.');
  });

  it('offers the first post if there is none', async () => {
    const { onNew } = show([]);
    expect(screen.getByRole('heading', { name: 'Nothing planned yet' })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'New post' }));
    expect(onNew).toHaveBeenCalledOnce();
  });

  it('says that posts are being loaded', () => {
    show(undefined);
    expect(screen.getByRole('status').textContent).toBe('Loading your posts');
  });

  it('opens a draft, also by keyboard', async () => {
    const { onOpen } = show([draft({ text: 'Half a thought' })]);
    screen.getByRole('button', { name: 'Edit draft: Half a thought' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith('p1');
  });
});

describe('the status of a post', () => {
  it('Draft', () => {
    show([draft()]);
    expect(cardText()).toMatch(/Draft$/);
  });

  it('Scheduled on Birdsong', () => {
    show([post({ kind: 'scheduled', remoteId: 'r', at: NOW }, { plannedFor: NOW + HOUR })]);
    expect(cardText()).toMatch(/Scheduled on Birdsong$/);
  });

  it('Sending…', () => {
    show([post({ kind: 'sending', since: NOW })]);
    expect(cardText()).toMatch(/Sending…$/);
  });

  it('Sent, then likes, reposts, replies across all networks', () => {
    const sent = draft({
      deliveries: [
        delivery({ kind: 'sent', remoteId: 'a', at: NOW }),
        delivery({ kind: 'sent', remoteId: 'b', at: NOW }, { connectionId: 'c2' }),
      ],
    });
    const statistics = new Map([
      ['a', { likes: 40, reposts: 2, replies: 5 }],
      ['b', { likes: 8, reposts: 10, replies: 0 }],
    ]);
    show([sent], { counts: statistics });
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Likes 48',
      'Reposts 12',
      'Replies 5',
    ]);
  });

  it.each(['unreachable', 'server-failed', 'invalid-dpop-proof', 'app-error'] as const)(
    'E8: Failed, for %s, with the warning that the post may have arrived',
    (reason) => {
      show([post({ kind: 'failed', reason, at: NOW - HOUR })]);
      expect(cardText()).toContain('The post may be there all the same. Trying again doesn’t publish it twice;');
    },
  );

  it.each(['refused', 'needs-sign-in', 'rate-limited', 'interrupted'] as const)(
    'E8: Failed, for %s, without that warning',
    (reason) => {
      show([post({ kind: 'failed', reason, at: NOW - HOUR })]);
      expect(cardText()).not.toContain('The post may be there all the same.');
    },
  );

  it('E8: Failed, for a rejected proof, for which the clock is only one cause', () => {
    show([post({ kind: 'failed', reason: 'invalid-dpop-proof', at: NOW - HOUR })]);
    expect(cardText()).toContain('Try again; if that doesn’t help, this device’s clock may be wrong.');
  });

  it('Sent, without numbers while they are unknown', () => {
    show([post({ kind: 'sent', remoteId: 'a', at: NOW })]);
    expect(cardText()).toMatch(/Sent$/);
  });

  it.each<[PlainReason, string]>([
    ['forbidden', 'Failed. Birdsong doesn’t allow this post.'],
    ['refused', 'Failed. Birdsong rejected this post.'],
    ['unreachable', 'Failed. No response came from Birdsong.'],
    ['server-failed', 'Failed. Birdsong had a server error.'],
    ['not-connected', 'Failed. Birdsong wasn’t connected.'],
    ['needs-sign-in', 'Failed. Sign in to Birdsong again.'],
    ['rate-limited', 'Failed. Birdsong says you are posting too often.'],
    ['invalid-dpop-proof', 'Failed. Birdsong rejected the proof of this browser’s key (DPoP)'],
    ['nonce-unreadable', 'Failed. Birdsong requires a DPoP nonce'],
  ])('Failed, for %s, with the cause and a retry', async (reason, words) => {
    const { onTryAgain, onEdit } = show([post({ kind: 'failed', reason, at: NOW - HOUR })]);
    expect(cardText()).toContain(words);
    expect(cardText()).toContain(`Last tried ${formatWhen(NOW - HOUR, NOW)}.`);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onTryAgain).toHaveBeenCalledWith('p1');
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    expect(onEdit).toHaveBeenCalledWith('p1');
  });

  it('quotes the network', () => {
    show([post({ kind: 'failed', reason: 'refused', detail: 'You posted this before.', at: NOW })]);
    expect(cardText()).toContain('Its message: “You posted this before.”');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('says that an account is gone, not the earlier failure, and links to Connections', () => {
    show([post({ kind: 'failed', reason: 'needs-sign-in', at: NOW })], { connections: [] });
    expect(cardText()).toContain('Failed. Birdsong (@lowtide) is no longer connected.');
    expect(cardText()).not.toContain('Sign in to');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Open Connections' }).getAttribute('href')).toBe('/connections');
  });

  it('Sent in part, naming how many and why', () => {
    const robin = { connectionId: 'c2', account: '@robin' };
    const failed = delivery({ kind: 'failed', reason: 'unreachable', at: NOW }, robin);
    show([draft({ deliveries: [delivery({ kind: 'sent', remoteId: 'a', at: NOW }), failed] })]);
    expect(cardText()).toContain('Sent to 1 of 2. Birdsong (@robin) is no longer connected.');
    expect(screen.getByRole('link', { name: 'Open Connections' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  });

  it('Scheduled in part, if nothing has been published yet', () => {
    const failed = delivery({ kind: 'failed', reason: 'refused', at: NOW }, { connectionId: 'c2' });
    show([draft({ deliveries: [delivery({ kind: 'scheduled', remoteId: 'a', at: NOW }), failed] })]);
    expect(cardText()).toContain('Scheduled on 1 of 2.');
  });
});

describe('a post that waits for a sign-in', () => {
  const missing = { kind: 'failed', reason: 'insufficient-scope', missingScope: ['posts:write'], at: NOW } as const;
  const endedNow = { kind: 'failed', reason: 'needs-sign-in', at: NOW } as const;
  const reader = connectionView({ scope: ['openid'] });
  const ended = connectionView({ scope: [], status: { kind: 'needs-sign-in', reason: 'grant-refused', at: NOW } });
  const buttons = () =>
    screen.queryAllByRole('button', { name: /^(?!New post)/ }).map(({ textContent }) => textContent);

  it('API-7: requests the missing permission', async () => {
    const { onSignIn, onTryAgain } = show([post(missing)], { connections: [reader] });
    expect(cardText()).toContain('Failed. Content Planner can read from Birdsong, but not post.');
    expect(buttons()).toEqual(['Allow posting', 'Edit']);
    await userEvent.click(screen.getByRole('button', { name: 'Allow posting' }));
    expect(onSignIn).toHaveBeenCalledWith({ connectionId: 'c1', scope: ['posts:write'], resumes: 'p1' });
    expect(onTryAgain).not.toHaveBeenCalled();
  });

  it('API-7: does not request a permission that was granted when the network rejected the post', async () => {
    const { onTryAgain } = show([post({ ...missing, detail: 'This account is new.' })]);
    expect(cardText()).toContain('Birdsong still won’t let Content Planner post. Contact its support.');
    expect(cardText()).toContain('Its message: “This account is new.”');
    expect(buttons()).toEqual(['Try again', 'Edit']);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onTryAgain).toHaveBeenCalledWith('p1');
  });

  describe('API-8: because the network needs step-up authentication', () => {
    const demanded = (demand: StepUpRequirement) =>
      post({ kind: 'failed', reason: 'needs-authentication', demand, at: NOW });

    it.each<[string, StepUpRequirement, RegExp]>([
      ['a recent one', { maxAge: 300 }, /wants you to sign in again first\. The post then goes out automatically/],
      ['just another one', {}, /wants you to sign in again first/],
      ['a stronger one', { acrValues: 'mfa', maxAge: 0 }, /wants you to sign in with a stronger method/],
    ])('says so and signs in as required, with one click: %s', async (_name, demand, sentence) => {
      const { onSignIn, onTryAgain } = show([demanded(demand)]);
      expect(cardText()).toMatch(sentence);
      expect(buttons()).toEqual(['Sign in again', 'Edit']);
      await userEvent.click(screen.getByRole('button', { name: 'Sign in again' }));
      expect(onSignIn).toHaveBeenCalledWith({ connectionId: 'c1', authentication: demand, resumes: 'p1' });
      expect(onTryAgain).not.toHaveBeenCalled();
    });

    it('and requires the same again: says so, and offers no third sign-in', () => {
      show([post({ kind: 'failed', reason: 'step-up-rejected', demand: { maxAge: 0 }, at: NOW })]);
      expect(cardText()).toContain('Birdsong keeps asking for the same sign-in.');
      expect(buttons()).toEqual(['Try again', 'Edit']);
    });
  });

  it('can be retried if the permission was granted since, for another post', () => {
    show([post({ ...missing, at: NOW - HOUR })]);
    expect(cardText()).toContain('Birdsong didn’t let Content Planner post.');
    expect(buttons()).toEqual(['Try again', 'Edit']);
  });

  it('reconnects, and continues automatically', async () => {
    const { onSignIn } = show([post(endedNow)], { connections: [ended] });
    expect(buttons()).toEqual(['Reconnect', 'Edit']);
    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }));
    expect(onSignIn).toHaveBeenCalledWith({ connectionId: 'c1', resumes: 'p1' });
  });

  it('offers one sign-in at a time, and a retry for what needs none', () => {
    const deliveries = ([endedNow, missing, { kind: 'failed', reason: 'unreachable', at: NOW }] as const).map(
      (state: DeliveryState, place) => delivery(state, { connectionId: `c${place + 1}` }),
    );
    const connections = [ended, connectionView({ id: 'c2', scope: [] }), connectionView({ id: 'c3' })];
    show([draft({ deliveries })], { connections });
    expect(buttons()).toEqual(['Reconnect', 'Try again', 'Edit']);
  });
});

describe('the message about a post that waited for a sign-in', () => {
  const missing = { kind: 'failed', reason: 'insufficient-scope', missingScope: ['posts:write'], at: NOW } as const;
  it.each<[string, Post, string | undefined]>([
    ['sent', post({ kind: 'sent', remoteId: 'r', at: NOW }), 'Sent'],
    ['rejected as before', post(missing), 'Posting is still not allowed.'],
    [
      'failed for another reason',
      post({ kind: 'failed', reason: 'unreachable', at: NOW }),
      'Not sent. See the post for the reason.',
    ],
    ['a draft again', draft(), undefined],
  ])('%s', (_name, after, words) => {
    expect(toastAfterSignIn(after, 'c1')).toBe(words);
  });
});

describe('a retry', () => {
  const failedAt = (at: number) => post({ kind: 'failed', reason: 'server-failed', at });

  it('that fails is shown and announced, and keeps the focus on the card', async () => {
    let finish = (): void => {};
    const onTryAgain = () => new Promise<void>((resolve) => (finish = resolve));
    const { turnTo } = show([failedAt(NOW - DAY)], { onTryAgain });
    const button = screen.getByRole('button', { name: 'Try again' });
    await userEvent.click(button);
    turnTo({ posts: [post({ kind: 'sending', since: NOW })], onTryAgain });
    expect(document.activeElement).toBe(screen.getByRole('article'));
    expect(screen.getByRole('status').textContent).toBe('');
    turnTo({ posts: [failedAt(NOW)], onTryAgain });
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }));
    finish();
    await vi.waitFor(() => {
      expect(screen.getByRole('status').textContent).toMatch(/^Tried again\. Birdsong had a server error\./);
    });
    expect(cardText()).toContain(formatClock(NOW));
  });

  it('that succeeds keeps the focus on the card, whatever day it is listed under', async () => {
    const { turnTo } = show([failedAt(NOW - DAY)]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    turnTo({ posts: [post({ kind: 'sent', remoteId: 'r', at: NOW })] });
    expect(document.activeElement).toBe(screen.getByRole('article'));
    expect(screen.getByRole('status').textContent).toBe('Tried again. Sent.');
  });

  it.each([
    ['rate-limited', 'Birdsong asked us to wait.'],
    ['unreachable', 'Waiting for the network.'],
    ['http-5xx', 'Giving Birdsong a moment to recover.'],
  ] as const)('REF-5: waits while no request may be sent, and says why: %s', async (because, why) => {
    const waiting = connectionView({ status: { kind: 'waiting', until: NOW + 4_000, because } });
    const { onTryAgain } = show([failedAt(NOW)], { connections: [waiting] });
    expect(cardText()).toContain(`${why} You can try again in 4 s.`);
    const button = screen.getByRole('button', { name: 'Try again' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(button);
    expect(onTryAgain).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button);
  });

  it('runs when the wait is over', async () => {
    const waited = connectionView({ status: { kind: 'waiting', until: NOW } });
    const { onTryAgain } = show([failedAt(NOW)], { connections: [waited] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onTryAgain).toHaveBeenCalledWith('p1');
  });
});

describe('the time of a draft', () => {
  it('shows its year if it is not this year', () => {
    show([draft({ plannedFor: new Date(2027, 10, 26, 17).getTime() })]);
    expect(screen.getByRole('article').querySelector('time')?.textContent).toMatch(/2027/);
  });

  it('omits this year, and says that it has passed', () => {
    const at = NOW - HOUR;
    show([draft({ plannedFor: at })]);
    expect(screen.getByRole('article').querySelector('time')?.textContent).toBe(formatWhen(at, NOW));
    expect(cardText()).toContain(`Draft. ${formatTime(at)} has passed.`);
  });
});

describe('the account of a post', () => {
  const two = [
    connectionView(),
    connectionView({ id: 'c2', identity: { issuer: 'i', subject: 'u2', username: 'robin' } }),
  ];

  it('is omitted if there is only one', () => {
    show([draft(), post({ kind: 'failed', reason: 'unreachable', at: NOW }, { id: 'p2' })]);
    expect(screen.queryByText(/@lowtide/)).toBeNull();
  });

  it('is shown if the network has several', () => {
    show([draft({ targets: ['c1', 'c2'] }), post({ kind: 'failed', reason: 'unreachable', at: NOW }, { id: 'p2' })], {
      connections: two,
    });
    expect(group('Drafts').textContent).toContain('@lowtide, @robin');
    // E8: each in a run of its own, so that one does not reorder the other.
    for (const one of ['@lowtide', '@robin']) expect(within(group('Drafts')).getByText(one).tagName).toBe('BDI');
    expect(within(group('Today')).getByText('@lowtide')).toBeDefined();
    expect(group('Today').textContent).toContain('No response came from Birdsong (@lowtide).');
  });

  it('is shown with what distinguishes it, if two would look the same', () => {
    const email = (id: string) =>
      connectionView({ id, identity: { issuer: 'i', subject: id, email: `${id}@b.example` } });
    show([draft({ targets: ['c1'] })], { connections: [email('c1'), email('c2')] });
    expect(screen.getByText('c1@b.example')).toBeDefined();
  });

  it('is the one that was reconnected under another id', () => {
    const identity = { serviceId: 'birdsong', issuer: 'i', subject: 'u2' };
    const failed = delivery({ kind: 'failed', reason: 'server-failed', at: NOW }, { connectionId: 'old', identity });
    show([draft({ deliveries: [failed] })], { connections: two.slice(1) });
    expect(cardText()).toContain('Failed. Birdsong had a server error.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('is still shown when it is disconnected', () => {
    show([post({ kind: 'sent', remoteId: 'r', at: NOW })], { connections: two.slice(1) });
    expect(screen.getByText('@lowtide')).toBeDefined();
  });
});

describe('statistics that need a sign-in', () => {
  const connection = connectionView();
  const sent = post({ kind: 'sent', remoteId: 'a', at: NOW });

  it('are shown as missing, with a button to load them', async () => {
    const { onSignIn } = show([sent], { silent: [{ connection, isKnownFromBefore: false }] });
    expect(screen.getByText(/Sign in to Birdsong \(@lowtide\) again to see likes and replies\./)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }));
    expect(onSignIn).toHaveBeenCalledWith({ connectionId: 'c1' });
  });

  it('stay as they were, and are marked as old', () => {
    show([sent], {
      silent: [{ connection, isKnownFromBefore: true }],
      counts: new Map([['a', { likes: 4, reposts: 0, replies: 0 }]]),
    });
    expect(screen.getByText(/again to update likes and replies\./)).toBeDefined();
    expect(cardText()).toContain('Likes 4');
  });
});

describe('the focus after the composer has closed', () => {
  it.each<[string, Props['opener'], readonly Post[], () => HTMLElement]>([
    ['New post', { kind: 'new-post' }, [draft()], () => screen.getByRole('button', { name: 'New post' })],
    [
      'the card of the draft',
      { kind: 'card', postId: 'p2' },
      [draft(), draft({ id: 'p2', text: 'Two' })],
      () => screen.getByRole('button', { name: 'Edit draft: Two' }),
    ],
    [
      'the card of the sent post',
      { kind: 'card', postId: 'p1' },
      [post({ kind: 'sent', remoteId: 'r', at: NOW })],
      () => screen.getByRole('article'),
    ],
    [
      'the heading, if the card is gone',
      { kind: 'card', postId: 'gone' },
      [draft()],
      () => screen.getByRole('heading', { name: 'Planner' }),
    ],
    ['unchanged, if it was not open', undefined, [draft()], () => document.body],
  ])('%s', (_name, opener, posts, expected) => {
    show(posts, { opener });
    expect(document.activeElement).toBe(expected());
  });

  it('unchanged, on a page that is still loading', () => {
    show(undefined, { opener: { kind: 'new-post' } });
    expect(document.activeElement).toBe(document.body);
  });
});

describe('the key C', () => {
  it('starts a new post', async () => {
    const { onNew } = show([draft()]);
    await userEvent.keyboard('c');
    expect(onNew).toHaveBeenCalledOnce();
  });

  it('is a letter inside a field, and part of a shortcut with Control', async () => {
    const { onNew } = show([draft()], { notice: <input aria-label="Somewhere to type" /> });
    await userEvent.type(screen.getByLabelText('Somewhere to type'), 'c');
    await userEvent.click(document.body);
    await userEvent.keyboard('{Control>}c{/Control}');
    expect(onNew).not.toHaveBeenCalled();
  });

  it('does nothing while a dialog is open', async () => {
    const { onNew } = show([draft()], { notice: <dialog open>Something else</dialog> });
    await userEvent.keyboard('c');
    expect(onNew).not.toHaveBeenCalled();
  });
});
