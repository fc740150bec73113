/** Services of other makers beside the built app, and how a person comes to them. */
import type { Page } from '@playwright/test';

import { startPeers, type Peers } from '#tests/support/peers.ts';

import { expect, test as base } from './app.ts';

type PeerOptions = Parameters<typeof startPeers>[0];

export const test = base.extend<{ peerOptions: PeerOptions; peers: Peers }>({
  // Tests name services in a services.json of their own, which a worker that keeps the app would ask the host for.
  keepsApp: [false, { scope: 'worker' }],
  /** How oidc-provider is. */
  peerOptions: [{ accessTokenSeconds: 60 }, { option: true }],
  peers: async ({ peerOptions }, provide) => {
    const peers = await startPeers(peerOptions);
    await provide(peers);
    await peers.stop();
  },
});

/** Types an address and waits for what is found there. */
export async function search(page: Page, appUrl: string, address: string): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await page.getByRole('link', { name: 'Add a service' }).first().click();
  await page.getByRole('textbox', { name: 'Service address' }).fill(address);
  await page.keyboard.press('Enter');
}

/** What the browser says of addresses that no page may read: looking for a description means asking there. */
export function forgiveCors(complaints: string[]): void {
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !/CORS|Failed to load resource/.test(one)));
}

/** Answers oidc-provider's pages. */
export async function signInAsAda(page: Page): Promise<void> {
  const ada = page.getByRole('button', { name: 'Ada Byron', exact: true });
  const allow = page.getByRole('button', { name: 'Allow', exact: true });
  await expect(page).toHaveURL(/\/interaction\//);
  // Whom the server knows already it does not ask again.
  if (await ada.isVisible()) await ada.click();
  await allow.click();
}
