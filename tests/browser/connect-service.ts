/** Goes through "Add a service" to oidc-provider's pages and back. */
import type { Page } from '@playwright/test';

import { expect } from './app.ts';
import { search, signInAsAda } from './peers.ts';

export interface ConnectOptions {
  /** Permissions to tick in addition to the selected ones. */
  scopes: readonly RegExp[];
  whenFound?: () => Promise<void>;
  /** Runs on the server's page. */
  whenLeft?: () => Promise<void>;
  /** Expects a failure, before the redirect or after the return. */
  failsAt?: 'start' | 'callback';
}

/** Finds the API at `resource` and connects it as Ada; waits until the app is back. */
export async function connectService(
  page: Page,
  appUrl: string,
  resource: string,
  { scopes, whenFound, whenLeft, failsAt }: ConnectOptions,
): Promise<void> {
  await search(page, appUrl, resource);
  for (const scope of scopes) await page.getByRole('checkbox', { name: scope }).check();
  await whenFound?.();
  await page.getByRole('button', { name: /^Connect/ }).click();
  if (failsAt === 'start') return;
  await expect(page).toHaveURL(/\/interaction\//);
  await whenLeft?.();
  await signInAsAda(page);
  await expect(page).toHaveURL(`${appUrl}${failsAt ?? 'connections'}`);
}
