import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { expect, it, vi } from 'vitest';

import { messages } from '#messages/en.ts';
import { ErrorScreen } from '#ui/error-screen.tsx';

const { fault, home } = messages.broken;

function show(framed: boolean) {
  const onReload = vi.fn();
  render(
    <MemoryRouter>
      <ErrorScreen appName="Content Planner" text={{ ...fault, home }} framed={framed} onReload={onReload} />
    </MemoryRouter>,
  );
  return onReload;
}

it('says that a screen failed, takes the focus, and offers to reload or leave', async () => {
  const onReload = show(false);
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'This screen stopped working' }));
  await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
  expect(onReload).toHaveBeenCalledOnce();
  expect(screen.getByRole('link', { name: 'Go to the planner' }).getAttribute('href')).toBe('/');
});

it('inside the layout is announced, and has no main landmark of its own', async () => {
  const onReload = show(true);
  expect(screen.getByRole('alert').textContent).toContain('This screen stopped working');
  expect(screen.queryByRole('main')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
  expect(onReload).toHaveBeenCalledOnce();
});
