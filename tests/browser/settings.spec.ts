import { connected, expect, test } from './app.ts';

test('a choice applies at once, also in another tab, and on the next visit', async ({ page, appUrl, context }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await connected(page, appUrl);
  const other = await context.newPage();
  await other.goto(`${appUrl}settings`);
  await other.getByRole('radio', { name: 'Dark' }).check();
  await other.getByRole('combobox', { name: 'Region' }).selectOption('de-DE');
  await other.getByRole('radio', { name: '12-hour' }).check();
  await other.close();

  await page.bringToFront();
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(page.getByText(/^Example:/)).toHaveText(/ 4:30\sPM 12\.345,6$/);

  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByText(/^Example:/)).toHaveText(/ 4:30\sPM 12\.345,6$/);
  await page.getByRole('radio', { name: 'System' }).check();
  await expect(root).not.toHaveAttribute('data-theme');
});

test('the list of shortcuts opens by key and by button, and restores the focus', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}settings`);
  const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const button = page.getByRole('button', { name: 'Show shortcuts' });
  await button.focus();
  for (const open of ['Enter', '?']) {
    await page.keyboard.press(open);
    await expect(map).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(map).toBeHidden();
    await expect(button).toBeFocused();
  }
  await page.getByRole('radio', { name: 'Off' }).check();
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(map).toBeHidden();
  await expect(page).toHaveURL(`${appUrl}settings`);
});
