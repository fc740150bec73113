/** The way through "Add a service" to oidc-provider's pages and back. */
import type { Page } from '@playwright/test';

import { expect } from './app.ts';

/** Types an address and waits for what is found there. */
export async function search(page: Page, appUrl: string, address: string): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await page.getByRole('link', { name: 'Add a service' }).first().click();
  await page.getByRole('textbox', { name: 'Service address' }).fill(address);
  await page.keyboard.press('Enter');
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

export interface ConnectOptions {
  /** Permissions to tick besides those that are. */
  scopes: readonly RegExp[];
  whenFound?: () => Promise<void>;
  /** On the server's page. */
  whenLeft?: () => Promise<void>;
  /** Where it comes to nothing: before the page leaves, or when it is back. */
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
