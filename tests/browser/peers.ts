/** Servers of other projects beside the built app, and how a user adds them. */
import type { Page } from '@playwright/test';

import { startPeers, type Peers } from '#tests/support/peers.ts';

import { expect, test as base } from './app.ts';

type PeerOptions = Parameters<typeof startPeers>[0];

export const test = base.extend<{ peerOptions: PeerOptions; peers: Peers }>({
  // Tests configure services in a services.json of their own; a worker that caches the app would request it from the host.
  keepsApp: [false, { scope: 'worker' }],
  /** The options of oidc-provider. */
  peerOptions: [{ accessTokenSeconds: 60 }, { option: true }],
  peers: async ({ peerOptions }, provide) => {
    const peers = await startPeers(peerOptions);
    await provide(peers);
    await peers.stop();
  },
});

/** Types a URL and waits for the result. */
export async function search(page: Page, appUrl: string, address: string): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await page.getByRole('link', { name: 'Add a service' }).first().click();
  await page.getByRole('textbox', { name: 'Service address' }).fill(address);
  await page.keyboard.press('Enter');
}

/** The browser logs unreadable responses, because looking for metadata means requesting them. */
export function forgiveCors(complaints: string[]): void {
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !/CORS|Failed to load resource/.test(one)));
}

/** Submits oidc-provider's pages. */
export async function signInAsAda(page: Page): Promise<void> {
  const ada = page.getByRole('button', { name: 'Ada Byron', exact: true });
  const allow = page.getByRole('button', { name: 'Allow', exact: true });
  await expect(page).toHaveURL(/\/interaction\//);
  // The server does not ask a user whom it already knows.
  if (await ada.isVisible()) await ada.click();
  await allow.click();
}
