import { connected, expect, test } from './app.ts';

// What the worker keeps can't fail to come.
test.use({ keepsApp: false });

test('a screen whose script does not come leaves the other places at work', async ({ page, appUrl, complaints }) => {
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
  // What was aborted is on the console, by the browser and by React; nothing else may be.
  expect(complaints.splice(0).filter((text) => !/ERR_FAILED|ScreenNotLoadedError/.test(text))).toEqual([]);
});
