/** The notices of oidc-provider, on an origin of their own, named by the deployer as the one service there is. */
import type { Locator, Page } from '@playwright/test';

import type { Peers } from '#tests/support/peers.ts';

import { expect } from './app.ts';
import { signInAsAda } from './peers.ts';

/** Connections with the notices in the list, in every tab. `changes`: what the deployer says of them beside. */
export async function offerNotices(page: Page, appUrl: string, { oidc }: Peers, changes: object = {}): Promise<void> {
  await page.context().route('**/services.json', (route) =>
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

/** Presses Connect, and signs in as Ada. */
export async function connectOffered(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await signInAsAda(page);
}

/** Offers and connects them, and waits until the app is back. Gives the cards of Connections, of which there is one. */
export async function connectNotices(page: Page, appUrl: string, peers: Peers, changes: object = {}): Promise<Locator> {
  await offerNotices(page, appUrl, peers, changes);
  await connectOffered(page);
  const cards = page.getByRole('main').getByRole('article');
  await expect(cards).toHaveCount(1);
  return cards;
}
