import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import { ClientIdScreen } from '#features/client-id/client-id-screen.tsx';

const URI = 'https://planner.example/callback/0123456789abcdef';

function show(changes: Partial<ComponentProps<typeof ClientIdScreen>> = {}) {
  const props: ComponentProps<typeof ClientIdScreen> = {
    service: 'api.quay.example',
    clientId: 'planer-7',
    redirectUri: { kind: 'known', uri: URI },
    onSave: vi.fn(),
    ...changes,
  };
  const user = userEvent.setup();
  render(
    <MemoryRouter>
      <ClientIdScreen {...props} />
    </MemoryRouter>,
  );
  return { ...props, user };
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Client ID' });

describe('changing a client id', () => {
  it('starts with the current one, and saves another on Enter, trimmed', async () => {
    const { user, onSave } = show();
    expect(field().value).toBe('planer-7');
    await user.clear(field());
    await user.type(field(), ' planner-7 {Enter}');
    expect(onSave).toHaveBeenCalledExactlyOnceWith('planner-7');
  });

  it('shows the exact redirect URI for copying', async () => {
    const { user } = show();
    expect(screen.getByText(URI).tagName).toBe('CODE');
    await user.click(screen.getByRole('button', { name: 'Copy redirect URI' }));
    expect(await navigator.clipboard.readText()).toBe(URI);
    expect(screen.getByText('Copied.')).toBeDefined();
  });

  it('does not save an empty one, and says so', async () => {
    const { user, onSave } = show();
    await user.clear(field());
    await user.click(screen.getByRole('button', { name: 'Save and sign in' }));
    expect(onSave).not.toHaveBeenCalled();
    expect(screen.getByText('Enter a client ID first.')).toBeDefined();
    expect(document.activeElement).toBe(field());
  });

  it('can be saved if the redirect URI is unknown, and says why it is (UI-3)', async () => {
    const { user, onSave } = show({ redirectUri: { kind: 'failed', code: 'timed-out', step: 'server-metadata' } });
    expect(screen.getByText('api.quay.example took too long.')).toBeDefined();
    await user.type(field(), '{Enter}');
    expect(onSave).toHaveBeenCalledWith('planer-7');
  });

  it('goes back without saving', () => {
    show({ redirectUri: { kind: 'asked' } });
    expect(screen.getByRole('link', { name: 'Back to Connections' }).getAttribute('href')).toBe('/connections');
    expect(screen.getByText('Looking up the redirect URI')).toBeDefined();
  });
});
