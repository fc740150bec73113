import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentProps, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Preferences } from '#features/settings/preferences.ts';
import { SettingsScreen } from '#features/settings/settings-screen.tsx';
import { BROWSER_FORMATS, setFormats } from '#messages/format.ts';
import { ShortcutsEnabled } from '#ui/shortcuts.ts';

type Props = ComponentProps<typeof SettingsScreen>;

const FIRST_DAY: Preferences = { ...BROWSER_FORMATS, theme: 'system', letterKeys: true };

/** Stores and applies what is chosen, as the app does. */
function Settings(props: Omit<Props, 'preferences'>) {
  const [preferences, setPreferences] = useState(FIRST_DAY);
  return (
    <ShortcutsEnabled value={preferences.letterKeys}>
      <SettingsScreen
        {...props}
        preferences={preferences}
        onChange={(patch) => {
          const next = { ...preferences, ...patch };
          setFormats(next);
          setPreferences(next);
          props.onChange(patch);
        }}
      />
    </ShortcutsEnabled>
  );
}

function show(changes: Partial<Props> = {}) {
  const props = {
    languages: ['en-GB', 'cy-GB'],
    isSaved: true,
    onChange: vi.fn(),
    eraseSummary: { posts: 18, connections: 4, waitingAt: [{ service: 'Mastodon', count: 2 }] },
    onErase: vi.fn(() => Promise.resolve({ unconfirmed: [] as string[] })),
    onLeave: vi.fn(),
    ...changes,
  };
  render(<Settings {...props} />);
  return props;
}

const checked = (group: HTMLElement) =>
  within(group)
    .getAllByRole<HTMLInputElement>('radio')
    .filter((radio) => radio.checked)
    .map((radio) => radio.closest('label')?.textContent);
const options = (group: HTMLElement) =>
  within(group)
    .getAllByRole('radio')
    .map((radio) => radio.closest('label')?.textContent);

afterEach(() => {
  setFormats(BROWSER_FORMATS);
});

describe('the settings', () => {
  it.each([
    ['radiogroup', 'Theme', ['System', 'Light', 'Dark'], { theme: 'dark' }],
    ['group', 'Time', ['Region default', '24-hour', '12-hour'], { hourCycle: '12h' }],
    ['radiogroup', 'Keyboard shortcuts', ['On', 'Off'], { letterKeys: false }],
  ])('have %s %s', async (role, name, words, patch) => {
    const { onChange } = show();
    const group = screen.getByRole(role, { name });
    expect(options(group)).toEqual(words);
    expect(checked(group)).toEqual(words.slice(0, 1));
    const last = words.at(-1) ?? '';
    await userEvent.click(within(group).getByRole('radio', { name: last }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith(patch);
    expect(checked(group)).toEqual([last]);
  });

  it.each([
    [true, 'Saved in this browser. Changes apply immediately.'],
    [false, 'Changes apply immediately.'],
  ])('say that they are stored only if they are: %s', (isSaved, lede) => {
    show({ isSaved: isSaved });
    expect(screen.getByText(lede)).toBeDefined();
  });

  it('include a language, named in itself, with an example that updates and is announced', async () => {
    const { onChange } = show();
    const list = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Region' });
    const names = within(list)
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
    expect(names[0]).toMatch(/^Browser default: ./);
    expect(names.slice(1, 2)).toEqual(['English (United Kingdom)']);
    const example = screen.getByText(/^Example:/);
    expect(example.getAttribute('role')).toBe('status');

    await userEvent.selectOptions(list, 'Deutsch (Deutschland)');
    expect(onChange).toHaveBeenLastCalledWith({ locale: 'de-DE' });
    expect(list.value).toBe('de-DE');
    expect(example.textContent).toMatch(/, 16:30 12\.345,6$/);
    await userEvent.click(screen.getByRole('radio', { name: '12-hour' }));
    expect(example.textContent).toMatch(/, 4:30\sPM 12\.345,6$/);

    await userEvent.selectOptions(list, names[0] ?? '');
    expect(onChange).toHaveBeenLastCalledWith({ locale: undefined });
  });
});

describe('the list of shortcuts', () => {
  it('opens by its button', async () => {
    show();
    await userEvent.click(screen.getByRole('button', { name: 'Show shortcuts' }));
    expect(within(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).getByText('New post')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('lists no letters while they are off', async () => {
    show();
    await userEvent.click(screen.getByRole('radio', { name: 'Off' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show shortcuts' }));
    const map = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(map.textContent).toContain('Single-key shortcuts are off.');
    expect(
      within(map)
        .getAllByRole('definition')
        .map(({ textContent }) => textContent),
    ).toEqual(['Post or schedule', 'Close and save draft']);
  });
});

describe('deleting all data', () => {
  const section = () => screen.getByRole('region', { name: 'Erase everything' });
  const sentences = () =>
    within(section())
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
  const button = () => screen.getByRole('button', { name: 'Erase everything' });
  const field = () => screen.getByRole('textbox', { name: 'Type “erase” to confirm' });

  it('says what is deleted and what stays', () => {
    show();
    expect(sentences()).toEqual([
      'Removes 18 posts and drafts, 4 connections and all Birdsong data from this browser.',
      'Revokes your tokens first. You’ll see any service that didn’t confirm.',
      'Posts already sent stay where they are. So do the 2 scheduled on Mastodon. Posts on Birdsong are deleted.',
    ]);
  });

  it.each([
    [{ posts: 1, connections: 0, waitingAt: [] }, 'Removes 1 post or draft and all Birdsong data from this browser.'],
    [{ posts: 0, connections: 1, waitingAt: [] }, 'Removes 1 connection and all Birdsong data from this browser.'],
    [{ posts: 0, connections: 0, waitingAt: [] }, 'Removes all Birdsong data from this browser.'],
    [undefined, 'Removes all posts, drafts and connections and all Birdsong data from this browser.'],
  ])('counts what there is: %o', (eraseSummary, sentence) => {
    show({ eraseSummary });
    expect(sentences()[0]).toBe(sentence);
  });

  it('needs the typed confirmation', async () => {
    const { onErase } = show();
    expect(button().getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(button());
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard('eras{Enter}');
    expect(onErase).not.toHaveBeenCalled();
    await userEvent.keyboard('e');
    expect(button().getAttribute('aria-disabled')).toBe('false');
  });

  it('blocks the page while it runs, then leaves it', async () => {
    let finish = (_result: { unconfirmed: string[] }): void => {};
    const onErase = vi.fn(() => new Promise<{ unconfirmed: string[] }>((resolve) => (finish = resolve)));
    const { onLeave } = show({ onErase });
    await userEvent.type(field(), ' Erase {Enter}');
    expect(onErase).toHaveBeenCalledOnce();
    expect(screen.getByRole('dialog', { name: 'Erasing everything' })).toBeDefined();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog', { name: 'Erasing everything' })).toBeDefined();
    expect(onLeave).not.toHaveBeenCalled();
    finish({ unconfirmed: [] });
    await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  });

  it('names the services that did not confirm before it leaves', async () => {
    const { onLeave } = show({ onErase: () => Promise.resolve({ unconfirmed: ['Mastodon', 'Bluesky'] }) });
    await userEvent.type(field(), 'erase');
    await userEvent.click(button());
    const outcome = await screen.findByRole('dialog', { name: 'Everything was erased' });
    expect(outcome.textContent).toContain('Mastodon and Bluesky didn’t confirm');
    expect(onLeave).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Start over' }));
    expect(onLeave).toHaveBeenCalledOnce();
  });

  it('says so if something could not be deleted, and can be retried', async () => {
    const fault = new Error('a database is in use');
    const reportFault = vi.fn();
    vi.stubGlobal('reportError', reportFault);
    const { onLeave } = show({ onErase: () => Promise.reject(fault) });
    await userEvent.type(field(), 'erase{Enter}');
    expect(await screen.findByText('Not everything was erased.')).toBeDefined();
    expect(reportFault).toHaveBeenCalledExactlyOnceWith(fault);
    expect(onLeave).not.toHaveBeenCalled();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(button().getAttribute('aria-disabled')).toBe('false');
    vi.unstubAllGlobals();
  });
});
