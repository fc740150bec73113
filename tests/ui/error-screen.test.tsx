import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { expect, it, vi } from 'vitest';

import { messages } from '#messages/en.ts';
import { ErrorScreen } from '#ui/error-screen.tsx';

it('says that a screen broke, takes the focus, and offers to load it anew or to leave', async () => {
  const onReload = vi.fn();
  render(
    <MemoryRouter>
      <ErrorScreen words={messages.broken} onReload={onReload} />
    </MemoryRouter>,
  );
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'This screen stopped working' }));
  await userEvent.click(screen.getByRole('button', { name: 'Load anew' }));
  expect(onReload).toHaveBeenCalledOnce();
  expect(screen.getByRole('link', { name: 'Go to the planner' }).getAttribute('href')).toBe('/');
});
