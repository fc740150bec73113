/** E8: what the app says about a response at another path, and about a sign-in that a reload interrupted. */
import { expect } from './app.ts';
import { connectOffered, offerNotices } from './notices.ts';
import { signInAsAda, test } from './peers.ts';

test('E8: a response at another path is rejected as such, and its code leaves the URL', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}old-callback?code=stolen&state=made-up`);
  await expect(page.getByRole('heading', { name: 'This sign-in wasn’t started here' })).toBeVisible();
  expect(await page.evaluate(() => location.search)).toBe('');
  await page.getByRole('button', { name: 'Back to Connections' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
  await page.goto(`${appUrl}old-callback?page=2`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/not found/i);
});

test('E8: a reload during the exchange says that the sign-in was interrupted', async ({ page, appUrl, peers }) => {
  await offerNotices(page, appUrl, peers);
  let isHeld = true;
  await page.route(`${peers.oidc.issuer}/token`, (route) => (isHeld ? undefined : route.continue()));
  await connectOffered(page);
  await expect(page.getByText('Now: Exchanging the code')).toBeVisible();
  isHeld = false;
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign-in with Notices was interrupted' })).toBeVisible();
  await page.getByRole('button', { name: 'Start again' }).click();
  await signInAsAda(page);
  await expect(page.getByRole('main').getByRole('article')).toContainText('Ada Byron');
});
