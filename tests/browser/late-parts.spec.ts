import { connected, expect, test } from './app.ts';

// A file in the worker's cache cannot fail to load.
test.use({ keepsApp: false });

test('a screen whose script fails to load leaves the other screens working', async ({ page, appUrl, complaints }) => {
  await connected(page, appUrl);
  await page.route(/inspector-route/, (route) => route.abort());
  await page.getByRole('navigation').getByRole('link', { name: 'Flow inspector' }).click();
  await expect(page.getByRole('heading', { name: 'This screen couldn’t be loaded' })).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByRole('heading', { name: 'Connections', level: 1 })).toBeVisible();

  await page.unrouteAll();
  await page.getByRole('navigation').getByRole('link', { name: 'Flow inspector' }).click();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { name: 'Flow inspector', level: 1 })).toBeVisible();
  // The browser and React log the aborted request to the console; nothing else may be logged.
  expect(complaints.splice(0).filter((text) => !/ERR_FAILED|ScreenNotLoadedError/.test(text))).toEqual([]);
});
