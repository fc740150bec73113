/** The notices API of oidc-provider, on an origin of its own, configured by the deployer as the only service. */
import type { Locator, Page } from '@playwright/test';

import type { Peers } from '#tests/support/peers.ts';

import { expect } from './app.ts';
import { signInAsAda } from './peers.ts';

/** Opens Connections with the notices in the list, in every tab. `changes` are further members in services.json. */
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

/** Offers and connects the notices, and waits until the app is back. Returns the cards of Connections, which are one. */
export async function connectNotices(page: Page, appUrl: string, peers: Peers, changes: object = {}): Promise<Locator> {
  await offerNotices(page, appUrl, peers, changes);
  await connectOffered(page);
  const cards = page.getByRole('main').getByRole('article');
  await expect(cards).toHaveCount(1);
  return cards;
}
