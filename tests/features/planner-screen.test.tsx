import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PlannerScreen } from '#features/planner/planner-screen.tsx';
import { formatWhen } from '#messages/format.ts';
import type { FailureReason, Post } from '#planning/post.ts';
import { connectionView, DAY, delivery, draft, HOUR, NOW, post } from '#tests/support/views.ts';

type Props = ComponentProps<typeof PlannerScreen>;

function show(posts: readonly Post[] | undefined, changes: Partial<Props> = {}) {
  const props: Props = {
    posts,
    connections: [connectionView()],
    statistics: new Map(),
    onNew: vi.fn(),
    onOpen: vi.fn(),
    onTryAgain: vi.fn(),
    onEdit: vi.fn(),
    ...changes,
  };
  render(
    <MemoryRouter>
      <PlannerScreen {...props} />
    </MemoryRouter>,
  );
  return props;
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
  it('stands by day: today, what comes, drafts, what was', () => {
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

  it('says so where today is empty', () => {
    show([draft()]);
    expect(group('Today').textContent).toContain('Nothing today.');
  });

  it('offers the first post where there is none', async () => {
    const { onNew } = show([]);
    expect(screen.getByRole('heading', { name: 'Nothing planned yet' })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'New post' }));
    expect(onNew).toHaveBeenCalledOnce();
  });

  it('says that posts are being read', () => {
    show(undefined);
    expect(screen.getByRole('status').textContent).toBe('Reading your posts');
  });

  it('opens a draft, with the keyboard too', async () => {
    const { onOpen } = show([draft({ text: 'Half a thought' })]);
    screen.getByRole('button', { name: 'Edit draft: Half a thought' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith('p1');
  });
});

describe('the status of a post, in words', () => {
  it('Draft', () => {
    show([draft()]);
    expect(cardText()).toMatch(/Draft$/);
  });

  it('Scheduled, sent by the server', () => {
    show([post({ kind: 'scheduled', remoteId: 'r', at: NOW }, { plannedFor: NOW + HOUR })]);
    expect(cardText()).toMatch(/Scheduled, sent by the server$/);
  });

  it('Sending…', () => {
    show([post({ kind: 'sending', since: NOW })]);
    expect(cardText()).toMatch(/Sending…$/);
  });

  it('Sent, then likes, reposts, replies over all networks', () => {
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
    show([sent], { statistics });
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Likes 48',
      'Reposts 12',
      'Replies 5',
    ]);
  });

  it('Sent, without numbers while they are not known', () => {
    show([post({ kind: 'sent', remoteId: 'a', at: NOW })]);
    expect(cardText()).toMatch(/Sent$/);
  });

  it.each<[FailureReason, string]>([
    ['needs-sign-in', 'Failed. Birdsong needs sign-in.'],
    ['not-allowed', 'Failed. Birdsong lets Content Planner read, not post.'],
    ['refused', 'Failed. Birdsong refused it.'],
    ['unreachable', 'Failed. Birdsong could not be reached.'],
    ['server-fault', 'Failed. Birdsong had a fault.'],
    ['not-connected', 'Failed. Birdsong is no longer connected.'],
    ['rate-limited', 'Failed. Birdsong is limiting posts.'],
  ])('Failed, for %s, with what was tried and another try', async (reason, words) => {
    const { onTryAgain, onEdit } = show([post({ kind: 'failed', reason, at: NOW - HOUR })]);
    expect(cardText()).toContain(words);
    expect(cardText()).toContain(`Tried ${formatWhen(NOW - HOUR, NOW)}.`);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onTryAgain).toHaveBeenCalledWith('p1');
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    expect(onEdit).toHaveBeenCalledWith('p1');
  });

  it('quotes the network, and leads to Connections where only that helps', () => {
    show([
      post({ kind: 'failed', reason: 'refused', detail: 'You posted this before.', at: NOW }, { id: 'a' }),
      post({ kind: 'failed', reason: 'needs-sign-in', at: NOW }, { id: 'b' }),
    ]);
    const [refused, signIn] = screen.getAllByRole('article');
    expect(refused?.textContent).toContain('It says: “You posted this before.”');
    expect(within(refused ?? document.body).queryByRole('link')).toBeNull();
    expect(within(signIn ?? document.body).getByRole('link', { name: 'Open Connections' })).toBeDefined();
  });

  it('Sent in part, naming how many and why', () => {
    const failed = delivery({ kind: 'failed', reason: 'unreachable', at: NOW }, { connectionId: 'c2' });
    show([draft({ deliveries: [delivery({ kind: 'sent', remoteId: 'a', at: NOW }), failed] })]);
    expect(cardText()).toContain('Sent to 1 of 2. Birdsong could not be reached.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  });

  it('Scheduled in part, where nothing has gone out yet', () => {
    const failed = delivery({ kind: 'failed', reason: 'refused', at: NOW }, { connectionId: 'c2' });
    show([draft({ deliveries: [delivery({ kind: 'scheduled', remoteId: 'a', at: NOW }), failed] })]);
    expect(cardText()).toContain('Scheduled on 1 of 2.');
  });
});

describe('the key C', () => {
  it('begins a new post', async () => {
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
