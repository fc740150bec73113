/** E8: what the app says about a response at another path, and about a sign-in that a reload interrupted. */
import { allow, expect, goToBirdsong, test } from './app.ts';

test('E8: a response at another path is rejected as such, and its code leaves the URL', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}old-callback?code=stolen&state=made-up`);
  await expect(page.getByRole('heading', { name: 'This sign-in wasn’t started here' })).toBeVisible();
  expect(await page.evaluate(() => location.search)).toBe('');
  await page.getByRole('button', { name: 'Back to Connections' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
  await page.goto(`${appUrl}old-callback?page=2`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/not found/i);
});

test('E8: a reload during the exchange says that the sign-in was interrupted', async ({ page, appUrl }) => {
  await page.goto(appUrl);
  await goToBirdsong(page);
  let isHeld = true;
  await page.context().route('**/birdsong/token', (route) => (isHeld ? undefined : route.continue()));
  await allow(page);
  await expect(page.getByRole('heading', { name: 'Finishing sign-in with Birdsong' })).toBeVisible();
  await expect(page.getByText('Exchanging the code for tokens')).toBeVisible();
  isHeld = false;
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign-in with Birdsong was interrupted' })).toBeVisible();
  await page.getByRole('button', { name: 'Start again' }).click();
  await allow(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
  await expect(page.getByRole('article')).toContainText('Birdsong');
});
