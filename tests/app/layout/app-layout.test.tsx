import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import { KeyboardShortcuts } from '#app/layout/keyboard-shortcuts.tsx';
import { ArrivalFocus } from '#app/layout/focus-on-navigate.tsx';
import { Shell } from '#app/layout/app-layout.tsx';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';

function show(needsSignInCount: number, path = '/connections') {
  const onSwitchTheme = vi.fn();
  render(
    <MemoryRouter initialEntries={[path]}>
      <Shell needsSignInCount={needsSignInCount} onSwitchTheme={onSwitchTheme}>
        <NotFoundScreen />
        <ArrivalFocus />
        <Address />
        <KeyboardShortcuts onNotLoaded={vi.fn()} />
      </Shell>
    </MemoryRouter>,
  );
  return { onSwitchTheme };
}

function Address() {
  return <output aria-label="Address">{useLocation().pathname}</output>;
}

describe('the layout of every screen', () => {
  it('links to the four screens, and marks the current one', () => {
    show(0);
    for (const navigation of screen.getAllByRole('navigation', { name: 'Main' })) {
      const links = within(navigation).getAllByRole('link');
      expect(links.map((link) => link.getAttribute('href'))).toEqual(['/', '/connections', '/inspector', '/settings']);
      expect(links.map((link) => link.getAttribute('aria-current'))).toEqual([null, 'page', null, null]);
    }
  });

  it('says how many connections need the user', () => {
    show(2);
    expect(screen.getAllByRole('img', { name: '2 signed out' })).toHaveLength(2);
  });

  it('lets keyboard users skip to the content', async () => {
    show(0);
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Skip to content');
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('moves the focus to the heading after navigation, but not on the first page', async () => {
    show(0);
    expect(document.activeElement).toBe(document.body);
    const [link] = screen.getAllByRole('link', { name: 'Settings' });
    await userEvent.click(link ?? document.body);
    expect(screen.getByLabelText('Address').textContent).toBe('/settings');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });

  it('links home from an unknown URL', () => {
    show(0, '/nowhere');
    expect(screen.getByRole('heading', { name: 'Page not found' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'Go to the planner' }).getAttribute('href')).toBe('/');
  });

  it('offers the other theme', async () => {
    const { onSwitchTheme } = show(0);
    await userEvent.click(screen.getByRole('button', { name: 'Switch theme' }));
    expect(onSwitchTheme).toHaveBeenCalledOnce();
  });
});

describe('the shortcuts of every screen', () => {
  it.each([
    ['gp', '/'],
    ['gc', '/connections'],
    ['gf', '/inspector'],
    ['gs', '/settings'],
  ])('%s goes to %s', async (keys, address) => {
    show(0, '/nowhere');
    await userEvent.keyboard(keys);
    expect(screen.getByLabelText('Address').textContent).toBe(address);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });

  it('? shows the active shortcuts and suspends them', async () => {
    show(0);
    await userEvent.keyboard('?');
    const map = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    const rows = within(map)
      .getAllByRole('term')
      .map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`);
    expect(rows).toEqual([
      'C: New post',
      'Ctrl or ⌘ + Enter: Post or schedule',
      'Esc: Close and save draft',
      'J or K: Next and previous step',
      'N: Run the paused step',
      'P: Pause or resume',
      'R: Reveal the focused secret',
      'G then P: Go to the planner',
      'G then C: Go to Connections',
      'G then F: Go to the Flow inspector',
      'G then S: Go to Settings',
      '?: Show shortcuts',
    ]);
    await userEvent.keyboard('gs');
    expect(screen.getByLabelText('Address').textContent).toBe('/connections');
    within(map).getByRole('button', { name: 'Close' }).focus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
