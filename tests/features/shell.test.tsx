import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';

import { Shell } from '#app/shell.tsx';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';

function show(needsSignInCount: number, path = '/connections') {
  render(
    <MemoryRouter initialEntries={[path]}>
      <Shell needsSignInCount={needsSignInCount}>
        <NotFoundScreen />
      </Shell>
    </MemoryRouter>,
  );
}

describe('the frame of every screen', () => {
  it('leads to the three places that exist, and says which one this is', () => {
    show(0);
    for (const navigation of screen.getAllByRole('navigation', { name: 'Main' })) {
      const links = within(navigation).getAllByRole('link');
      expect(links.map((link) => link.getAttribute('href'))).toEqual(['/', '/connections', '/inspector']);
      expect(links.map((link) => link.getAttribute('aria-current'))).toEqual([null, 'page', null]);
    }
  });

  it('says how many connections wait for a person', () => {
    show(2);
    expect(screen.getAllByRole('img', { name: '2 need sign-in' })).toHaveLength(2);
  });

  it('lets the keyboard skip to the content', async () => {
    show(0);
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Skip to content');
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('leads home from an address that leads nowhere', () => {
    show(0, '/nowhere');
    expect(screen.getByRole('heading', { name: 'Nothing at this address' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'Go to the planner' }).getAttribute('href')).toBe('/');
  });
});
