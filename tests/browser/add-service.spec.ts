/** "Add a service" as a new user sees it: by keyboard, on a phone, with a typing error, and with servers that reject. */
import type { Locator, Page } from '@playwright/test';

import { axeViolations, expect } from './app.ts';
import { forgiveCors, search, signInAsAda, test } from './peers.ts';

/** Presses Tab until the element has the focus, as a keyboard user does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

/** Returns how far the page can be scrolled sideways, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Checks on a phone and in both themes that nothing overflows sideways and axe finds nothing. */
async function expectSound(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await overflow(page)).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
  }
}

const clientId = (page: Page): Locator => page.getByRole('textbox', { name: 'Client ID' });

/** Registers a public client as a user does on a service's developer page. */
async function registerByHand(issuer: string, redirectUri: string): Promise<string> {
  const response = await fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      application_type: 'native',
    }),
  });
  const { client_id: id } = (await response.json()) as { client_id: string };
  return id;
}

test('REG-1: a wrong client id is reported before the redirect if the server supports PAR, and corrected in place', async ({
  page,
  appUrl,
  peers: { oidc },
}) => {
  await search(page, appUrl, oidc.resource);
  await page.getByRole('radio', { name: 'Your own client ID' }).check();
  await clientId(page).fill('a-typing-error');
  const redirectUri = await page.getByText(/\/callback/).innerText();
  await page.getByRole('button', { name: /^Connect/ }).click();
  await expect(page.getByRole('main')).toContainText('error=invalid_client');
  await clientId(page).fill(await registerByHand(oidc.issuer, redirectUri));
  await page.getByRole('button', { name: /^Connect/ }).click();
  await signInAsAda(page);
  await expect(page.getByRole('article', { name: /Ada Byron/ })).toBeVisible();
});

test.describe('a wrong client id that the server reports on its own page', () => {
  test.use({ peerOptions: { pushing: 'none', accessTokenSeconds: 60 } });

  test('REG-1: Back restores the form, and Connections offers to change the client id', async ({
    page,
    appUrl,
    peers: { oidc },
  }) => {
    await search(page, appUrl, oidc.resource);
    await page.getByRole('checkbox', { name: /notices:read/ }).check();
    await page.getByRole('radio', { name: 'Your own client ID' }).check();
    await clientId(page).fill('a-typing-error');
    const redirectUri = await page.getByText(/\/callback/).innerText();
    await page.getByRole('button', { name: /^Connect/ }).click();
    await expect(page.locator('body')).toContainText('invalid_client');

    await page.goBack();
    await expect(clientId(page)).toHaveValue('a-typing-error');
    await expect(page.getByRole('checkbox', { name: /notices:read/ })).toBeChecked();
    expect(await page.evaluate(() => JSON.stringify(history.state))).not.toMatch(/verifier|token|nonce/i);

    // A fresh visit starts empty.
    await page.getByRole('link', { name: 'Connections' }).first().click();
    await page.getByRole('link', { name: 'Add a service' }).click();
    await expect(page.getByRole('textbox', { name: 'Service address' })).toHaveValue('');

    await page.getByRole('link', { name: 'Connections' }).first().click();
    await expect(page.getByRole('main')).toContainText('wasn’t finished');
    await page.getByRole('link', { name: 'Change client ID', exact: true }).click();
    await expect(clientId(page)).toHaveValue('a-typing-error');
    await expect(page.getByText(redirectUri)).toBeVisible();
    await clientId(page).fill(await registerByHand(oidc.issuer, redirectUri));
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await signInAsAda(page);
    const card = page.getByRole('article', { name: /Ada Byron/ });
    await expect(card).toContainText('Renews automatically');
    // It was corrected, not added again.
    await expect(page.getByRole('button', { name: /^Connect another .*:\d+ account/ })).toHaveCount(1);
    await card.getByText('Details').click();
    await expect(card.getByRole('link', { name: 'Change client ID' })).toBeVisible();
  });

  test('on a phone, in both themes: an abandoned sign-in, and the change of its client id', async ({
    page,
    appUrl,
    peers: { oidc },
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await search(page, appUrl, oidc.resource);
    await page.getByRole('radio', { name: 'Your own client ID' }).check();
    await clientId(page).fill('a-typing-error');
    await page.getByRole('button', { name: /^Connect/ }).click();
    await expect(page.locator('body')).toContainText('invalid_client');
    await page.goto(`${appUrl}connections`);
    await page.getByRole('link', { name: 'Change client ID', exact: true }).waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: 'Change client ID', exact: true }).click();
    await page.getByRole('button', { name: 'Copy redirect URI' }).waitFor();
    await expectSound(page);
  });

  test('a corrected client id, then back to the form: the list has one service', async ({
    page,
    appUrl,
    peers: { oidc },
  }) => {
    await search(page, appUrl, oidc.resource);
    await page.getByRole('radio', { name: 'Your own client ID' }).check();
    await clientId(page).fill('a-typing-error');
    const redirectUri = await page.getByText(/\/callback/).innerText();
    await page.getByRole('button', { name: /^Connect/ }).click();
    await expect(page.locator('body')).toContainText('invalid_client');
    await page.goBack();
    await clientId(page).fill(await registerByHand(oidc.issuer, redirectUri));
    await page.getByRole('button', { name: /^Connect/ }).click();
    await signInAsAda(page);
    await expect(page.getByRole('article', { name: /Ada Byron/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /:\d+/ }).filter({ hasText: /^Remove|^Connect/ })).toHaveCount(1);
  });
});

test('by keyboard only, from Connections to the sign-in page', async ({ page, appUrl, peers: { oidc } }) => {
  await page.goto(`${appUrl}connections`);
  await tabTo(page, page.getByRole('link', { name: 'Add a service' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Service address' }));
  await page.keyboard.type(oidc.resource);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Found' })).toBeFocused();
  const read = page.getByRole('checkbox', { name: /notices:read/ });
  await tabTo(page, read);
  await page.keyboard.press('Space');
  await expect(read).toBeChecked();
  const registration = page.getByRole('radio', { name: /Dynamic registration/ });
  await tabTo(page, registration);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Your own client ID' })).toBeChecked();
  await tabTo(page, clientId(page));
  await tabTo(page, page.getByRole('button', { name: 'Copy redirect URI' }));
  await page.getByRole('radio', { name: 'Your own client ID' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(registration).toBeChecked();
  await tabTo(page, page.getByRole('button', { name: 'Connect', exact: true }));
  await page.keyboard.press('Enter');
  await signInAsAda(page);
  await expect(page.getByRole('article', { name: /Ada Byron/ })).toBeVisible();
});

test('on a phone, in both themes: the URL field, a result, and no result', async ({
  page,
  appUrl,
  peers: { oidc, birdsong },
  complaints,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${appUrl}services/new`);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByText('Enter an address.')).toBeVisible();
  await expectSound(page);
  await search(page, appUrl, oidc.resource);
  await page.getByRole('radio', { name: 'Your own client ID' }).check();
  await expectSound(page);
  const long = `${birdsong.origin}/${'a-path-without-an-end-'.repeat(8)}`;
  await search(page, appUrl, long);
  await expect(page.getByRole('heading', { name: 'Nothing usable was found' })).toBeVisible();
  await page.getByText('What the report says').click();
  await expectSound(page);
  forgiveCors(complaints);
});

test('DISC-7: lists all requests, and the report has each URL', async ({
  page,
  appUrl,
  peers: { birdsong },
  context,
  complaints,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { origin } = birdsong;
  await search(page, appUrl, `${origin}/nothing`);
  const list = page.getByRole('list', { name: 'Requests tried' });
  const asked = list.locator('code');
  const addresses = [
    `${origin}/nothing`,
    `${origin}/.well-known/oauth-protected-resource/nothing`,
    `${origin}/.well-known/oauth-authorization-server/nothing`,
    `${origin}/.well-known/openid-configuration/nothing`,
    `${origin}/nothing/.well-known/openid-configuration`,
    // No server at the origin itself (E2): without CORS, a 404 cannot be told from metadata that is hidden.
  ];
  await expect(asked).toHaveCount(addresses.length);
  await page.getByRole('button', { name: 'Copy report' }).click();
  const report = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  for (const [place, address] of addresses.entries()) {
    await expect(asked.nth(place)).toContainText(address);
    expect(report.some((line) => line.startsWith(`- ${address}: `))).toBe(true);
  }
  forgiveCors(complaints);
});

test('REG-7: shows a rejected registration as the server’s claim, and does not repeat it automatically', async ({
  page,
  appUrl,
  peers: { oidc },
}) => {
  let asked = 0;
  await page.route(`${oidc.issuer}/reg`, (route) => {
    asked += 1;
    const json = { error: 'invalid_redirect_uri', error_description: '<b>Only https</b>, please.' };
    return route.fulfill({ status: 400, headers: { 'access-control-allow-origin': '*' }, json });
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await search(page, appUrl, oidc.resource);
  await page.getByRole('button', { name: /^Connect/ }).click();
  await expect(page.getByText('error=invalid_redirect_uri')).toBeVisible();
  await expect(page.getByText('error_description="<b>Only https</b>, please."')).toBeVisible();
  expect(asked).toBe(1);
  await expectSound(page);
});
