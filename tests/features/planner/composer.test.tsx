import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentProps, useState } from 'react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import { Composer } from '#features/planner/composer.tsx';
import { firstTargets } from '#features/planner/composer-problems.ts';
import { fieldsOf } from '#features/planner/planned-time.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { Post } from '#planning/post.ts';
import { birdsong, connectionView, DAY, draft, HOUR, MINUTE, NOW } from '#tests/support/views.ts';

type Props = ComponentProps<typeof Composer>;

const canPost: Props['rules']['canPost'] = ({ scope, status }) =>
  status.kind !== 'needs-sign-in' && scope.includes('posts:write');

/** The composer with a draft that accepts every change, as in the app. */
function write(start: Post, changes: Partial<Props & Props['rules']> = {}) {
  const { characterLimitOf = () => 280, canPost: mayPost = canPost, ...shown } = changes;
  const calls = {
    onSend: vi.fn(),
    onDelete: vi.fn(),
    onClose: vi.fn(),
    onAllowPosting: vi.fn(),
    onReconnect: vi.fn(),
    onChange: vi.fn(),
  };
  function Desk() {
    const [post, setPost] = useState(start);
    return (
      <Composer
        draft={post}
        storedIn="device"
        connections={[connectionView()]}
        sending={false}
        now={() => NOW}
        {...shown}
        rules={{ characterLimitOf, countCharacters: (text) => text.length, canPost: mayPost }}
        actions={{
          ...calls,
          onChange: (patch) => {
            calls.onChange(patch);
            setPost((before) => omitUndefined({ ...before, ...patch }));
          },
        }}
      />
    );
  }
  render(
    <MemoryRouter>
      <Desk />
    </MemoryRouter>,
  );
  return calls;
}

const text = () => screen.getByLabelText<HTMLTextAreaElement>('Post');
const main = () => screen.getByRole('button', { name: /^(Post now|Schedule|Sending|Scheduling)/ });
const robin = { issuer: 'https://planner.example/birdsong', subject: 'u2', username: 'robin' };
const readOnly = connectionView({ id: 'c2', scope: ['openid', 'posts:read'], identity: robin });
const ended = connectionView({
  id: 'c3',
  scope: [],
  status: { kind: 'needs-sign-in', reason: 'grant-refused', at: NOW },
});
const other = connectionView({ id: 'c4', service: { id: 'other', name: 'Other', resource: birdsong.resource } });

describe('writing', () => {
  it('starts in the text field and reports every change', async () => {
    const { onChange } = write(draft({ text: '' }));
    expect(screen.getByRole('dialog', { name: 'New post' })).toBeDefined();
    expect(document.activeElement).toBe(text());
    await userEvent.type(text(), 'Hi');
    expect(onChange.mock.calls).toEqual([[{ text: 'H' }], [{ text: 'Hi' }]]);
  });

  it('shows the remaining length, and a preview of the post', async () => {
    write(draft({ text: 'Four' }));
    expect(screen.getByText('4 / 280')).toBeDefined();
    expect(screen.getByText('276 left')).toBeDefined();
    const preview = screen.getByRole('region', { name: 'Birdsong preview, Lowtide Press' });
    expect(preview.textContent).toContain('Four');
    await userEvent.clear(text());
    expect(preview.textContent).toContain('Your post will appear here.');
  });

  it('strikes out what does not fit, at a user-perceived character', () => {
    write(draft({ text: 'abc👩‍👩‍👧d' }), { characterLimitOf: () => 5 });
    const preview = screen.getByRole('region', { name: /preview/ });
    expect(preview.querySelector('mark')?.textContent).toBe('👩‍👩‍👧d');
  });

  it('keeps the draft on Escape, on Close and on Keep as draft', async () => {
    const { onClose, onDelete } = write(draft());
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save draft' }));
    expect(onClose).toHaveBeenCalledTimes(3);
    expect(onDelete).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<Props>, string | undefined]>([
    ['nothing while nothing is stored', { storedIn: undefined }, undefined],
    ['that it is stored on this device', {}, 'Saved on this device'],
    ['that it is not, if the browser stores nothing', { storedIn: 'tab' }, 'Saved in this tab only'],
  ])('says about the draft %s', (_name, changes, note) => {
    write(draft(), changes);
    expect(screen.queryByText(/^Saved/)?.textContent).toBe(note);
  });

  it('asks before it deletes a text, but not an empty one', async () => {
    const { onDelete } = write(draft());
    await userEvent.click(screen.getByRole('button', { name: 'Delete draft' }));
    const question = screen.getByRole('dialog', { name: 'Delete this draft?' });
    expect(onDelete).not.toHaveBeenCalled();
    await userEvent.click(within(question).getByRole('button', { name: 'Delete draft' }));
    expect(onDelete).toHaveBeenCalledOnce();
  });

  it('deletes an empty draft at once', async () => {
    const { onDelete } = write(draft({ text: ' ' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete draft' }));
    expect(onDelete).toHaveBeenCalledOnce();
  });
});

describe('the send button', () => {
  it.each([
    [{ targets: ['c1'] }, 'Post now on Birdsong'],
    [{ targets: ['c1'], plannedFor: NOW + DAY }, 'Schedule on Birdsong'],
    [{ targets: ['c1', 'c4'], plannedFor: NOW + DAY }, 'Schedule on 2 networks'],
    [{ targets: ['c1', 'c2'] }, 'Post now on 2 Birdsong accounts'],
    [{ targets: [] }, 'Post now'],
  ])('says what happens: %o', (changes, name) => {
    write(draft(changes), { connections: [connectionView(), readOnly, other], canPost: () => true });
    expect(main().textContent).toBe(name);
  });

  it('sends a complete draft', async () => {
    const { onSend } = write(draft());
    await userEvent.click(main());
    expect(onSend).toHaveBeenCalledOnce();
  });

  it.each(['{Control>}{Enter}{/Control}', '{Meta>}{Enter}{/Meta}'])(
    'is pressed by %s from the text field',
    async (keys) => {
      const { onSend, onChange } = write(draft());
      await userEvent.type(text(), keys, { skipClick: true });
      expect(onSend).toHaveBeenCalledOnce();
      expect(onChange).not.toHaveBeenCalled();
    },
  );

  it('does nothing while it is sending, and says so', async () => {
    const { onSend } = write(draft(), { sending: true });
    expect(main().textContent).toBe('Sending…');
    await userEvent.click(main());
    expect(onSend).not.toHaveBeenCalled();
  });
});

describe('what prevents sending, shown next to the field', () => {
  it('an empty text, reported when the user tries to send', async () => {
    const { onSend } = write(draft({ text: '  ' }));
    expect(screen.queryByText('Write something first.')).toBeNull();
    await userEvent.click(main());
    expect(screen.getByText('Write something first.')).toBeDefined();
    expect(document.activeElement).toBe(text());
    expect(text().getAttribute('aria-invalid')).toBe('true');
    expect(onSend).not.toHaveBeenCalled();
  });

  it('a text that is too long, reported at once', async () => {
    const { onSend } = write(draft({ text: 'x'.repeat(286) }));
    expect(screen.getAllByText('6 over').length).toBeGreaterThan(0);
    expect(screen.getByText('6 characters too long for Birdsong.')).toBeDefined();
    await userEvent.click(main());
    expect(onSend).not.toHaveBeenCalled();
  });

  it('no selected network', async () => {
    const { onSend, onChange } = write(draft());
    await userEvent.click(screen.getByRole('checkbox', { name: /Birdsong/ }));
    expect(onChange).toHaveBeenCalledWith({ targets: [] });
    await userEvent.click(main());
    expect(screen.getByText('Choose at least one network.')).toBeDefined();
    expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: /Birdsong/ }));
    expect(onSend).not.toHaveBeenCalled();
  });

  it('no connection at all, with a link to connect', () => {
    write(draft({ targets: [] }), { connections: [] });
    expect(screen.getByText('No network is connected.')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Open Connections' }).getAttribute('href')).toBe('/connections');
  });

  it('a connection that needs a sign-in, with a button to reconnect', async () => {
    const { onSend, onReconnect } = write(draft({ targets: ['c3'] }), { connections: [ended] });
    expect(screen.getByText('Sign in to Birdsong again.')).toBeDefined();
    await userEvent.click(main());
    expect(onSend).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reconnect' }));
    await userEvent.keyboard('{Enter}');
    expect(onReconnect).toHaveBeenCalledWith('c3');
  });

  it('one of several accounts, by its name, and the focus moves to what helps', async () => {
    const { onSend } = write(draft({ targets: ['c2', 'c3'] }), { connections: [readOnly, ended] });
    expect(screen.getByText('Content Planner can read from Birdsong (@robin), but not post.')).toBeDefined();
    expect(screen.getByText('Sign in to Birdsong (@lowtide) again.')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Post now on 2 Birdsong accounts' }));
    expect(onSend).not.toHaveBeenCalled();
    expect(document.activeElement?.textContent).toBe('Reconnect');
  });

  it.each(['device', 'tab'] as const)('keeps the text while the user signs in, in the %s', (storedIn) => {
    write(draft({ targets: ['c3'] }), { connections: [ended], storedIn });
    expect(screen.getByText('Your draft is saved while you sign in.')).toBeDefined();
  });

  it('a time in the past', async () => {
    const { onSend } = write(draft({ plannedFor: NOW - MINUTE }));
    expect(screen.getByText('That time has passed. Pick a later one or choose Now.')).toBeDefined();
    await userEvent.click(main());
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByLabelText('Date').getAttribute('aria-invalid')).toBe('true');
  });

  it('an empty date or time', async () => {
    const { onSend } = write(draft({ plannedFor: NOW + DAY }));
    fireEvent.change(screen.getByLabelText('Time'), { target: { value: '' } });
    expect(screen.getByText('Choose a date and time.')).toBeDefined();
    await userEvent.click(main());
    expect(onSend).not.toHaveBeenCalled();
  });
});

describe('a connection that probably may not post', () => {
  it('says so, with a button to allow it', async () => {
    const { onAllowPosting } = write(draft({ targets: ['c2'] }), { connections: [readOnly] });
    expect(screen.getByRole('checkbox', { name: /Birdsong.*@robin.*read only/ })).toBeDefined();
    expect(screen.getByText('Content Planner can read from Birdsong, but not post.')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Allow posting' }));
    expect(onAllowPosting).toHaveBeenCalledWith('c2');
  });

  it('API-7: is still sent to, because the server decides', async () => {
    const { onSend } = write(draft({ targets: ['c2'] }), { connections: [readOnly] });
    await userEvent.click(main());
    expect(onSend).toHaveBeenCalledOnce();
  });
});

describe('the selected connections of a new draft', () => {
  it.each([
    ['those that can post', [connectionView(), readOnly, ended], ['c1']],
    ['else those with a sign-in', [readOnly, ended], ['c2']],
    ['else all', [ended], ['c3']],
    ['none if there is none', [], []],
  ])('%s', (_name, connections, ids) => {
    expect(firstTargets(connections, canPost)).toEqual(ids);
  });
});

describe('the time', () => {
  it('starts with the next full hour, and says who publishes', async () => {
    const { onChange } = write(draft());
    expect(screen.getByText('Birdsong: posted immediately.')).toBeDefined();
    await userEvent.click(screen.getByRole('radio', { name: 'Pick a time' }));
    const offered = fieldsOf(NOW + 36 * MINUTE);
    expect(screen.getByLabelText<HTMLInputElement>('Date').value).toBe(offered.date);
    expect(screen.getByLabelText<HTMLInputElement>('Time').value).toBe('12:00');
    expect(onChange).toHaveBeenCalledWith({ plannedFor: NOW + 36 * MINUTE });
    expect(screen.getByText('Birdsong posts it, even if this app is closed.')).toBeDefined();
  });

  it('is in this device’s time zone', () => {
    const { onChange } = write(draft({ plannedFor: NOW + DAY }));
    fireEvent.change(screen.getByLabelText('Time'), { target: { value: '17:30' } });
    expect(onChange).toHaveBeenCalledWith({ plannedFor: new Date(2026, 10, 26, 17, 30).getTime() });
  });

  it('can be reset to now', async () => {
    const { onChange } = write(draft({ plannedFor: NOW + HOUR }));
    await userEvent.click(screen.getByRole('radio', { name: 'Now' }));
    expect(onChange).toHaveBeenCalledWith({ plannedFor: undefined });
    expect(main().textContent).toBe('Post now on Birdsong');
  });
});
