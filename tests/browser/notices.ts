/** The notices of oidc-provider, on an origin of their own, named by the deployer as the one service there is. */
import type { Page } from '@playwright/test';

import { startPeers, type Peers } from '#tests/support/peers.ts';

import { expect, test as base } from './app.ts';

export const test = base.extend<{ peers: Peers }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed off this pattern
  peers: async ({}, provide) => {
    const peers = await startPeers({ accessTokenSeconds: 60 });
    await provide(peers);
    await peers.stop();
  },
});

/** Connections with the notices in the list. `changes`: what the deployer says of them beside. */
export async function offerNotices(page: Page, appUrl: string, { oidc }: Peers, changes: object = {}): Promise<void> {
  await page.route('**/services.json', (route) =>
    route.fulfill({
      json: {
        birdsong: false,
        addService: false,
        services: [
          {
            id: 'notices',
            name: 'Notices',
            resource: oidc.resource,
            scopes: [
              { scope: ['openid', 'profile', 'offline_access'], label: 'Know who you are', first: true },
              { scope: 'notices:read', label: 'Read the notices', first: true },
            ],
            ...changes,
          },
        ],
      },
    }),
  );
  await page.goto(`${appUrl}connections`);
}

/** Answers oidc-provider's pages. */
export async function signInAsAda(page: Page): Promise<void> {
  const ada = page.getByRole('button', { name: 'Ada Byron', exact: true });
  await expect(page).toHaveURL(/\/interaction\//);
  // Whom the server knows already it does not ask again.
  if (await ada.isVisible()) await ada.click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
}
