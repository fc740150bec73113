import { allow, connected, expect, postNow, pressControls, test } from './app.ts';

/** Events that the network causes, and what the app shows. */
const TROUBLE = [
  { press: ['Revoke the app’s access'], says: 'Birdsong ended this sign-in', code: 'invalid_grant' },
  {
    press: ['Next refresh: invalid_grant', 'Expire access tokens now'],
    says: 'Birdsong ended this sign-in',
    code: 'invalid_grant',
  },
  { press: ['Start over'], says: 'Birdsong no longer recognises this app', code: 'invalid_client' },
];

for (const { press, says, code } of TROUBLE) {
  test(`after “${press.join('” and “')}” one click connects again, and the post is sent`, async ({ page, appUrl }) => {
    await connected(page, appUrl);
    await pressControls(page, appUrl, ...press);
    await postNow(page, 'Kept all the while');
    const card = page.getByRole('article').filter({ hasText: 'Kept all the while' });
    await expect(card).toContainText('Sign in to Birdsong again.');
    await page.getByRole('link', { name: 'Connections' }).click();
    await expect(page.getByText(says)).toBeVisible();
    await expect(page.getByText(code)).toBeVisible();
    await page.getByRole('link', { name: 'Planner', exact: true }).click();
    await card.getByRole('button', { name: 'Reconnect' }).click();
    await allow(page);
    await expect(card).toContainText('Sent');
  });
}

test('REF-5: a refresh that fails temporarily loses nothing', async ({ page, appUrl, complaints }) => {
  await connected(page, appUrl);
  await pressControls(page, appUrl, 'Next refresh: 503 error', 'Expire access tokens now');
  await page.clock.install();
  await postNow(page, 'A moment later');
  const card = page.getByRole('article').filter({ hasText: 'A moment later' });
  await expect(card).toContainText('Birdsong had a server error.');
  await page.clock.fastForward(6_000);
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(card).toContainText('Sent');
  expect(complaints.filter((complaint) => !complaint.includes('status of 503'))).toEqual([]);
  complaints.length = 0;
});

test('two accounts are listed side by side, and a second tab follows', async ({ page, appUrl, context }) => {
  await connected(page, appUrl);
  const second = await context.newPage();
  await second.goto(`${appUrl}connections`);
  await expect(second.getByText('Lowtide Press, @lowtide')).toBeVisible();

  await page.bringToFront();
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await allow(page, { person: 'Robin Adeyemi' });
  await expect(page).toHaveURL(`${appUrl}connections`);
  await expect(page.getByText('Robin Adeyemi, @robin')).toBeVisible();
  await expect(second.getByText('Robin Adeyemi, @robin')).toBeVisible();

  await page.getByRole('button', { name: 'Disconnect' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('Birdsong account disconnected.')).toBeVisible();
  await expect(second.getByText('Lowtide Press, @lowtide')).toBeHidden();
});

test('a scheduled post is published by the network in time, and the list updates automatically', async ({
  page,
  appUrl,
}) => {
  test.setTimeout(100_000);
  await connected(page, appUrl);
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill('On the minute');
  await page.getByRole('radio', { name: 'Pick a time' }).check();
  const next = await page.evaluate(() => {
    // The next full minute, or the one after if that is too close.
    const at = new Date(Math.ceil((Date.now() + 8_000) / 60_000) * 60_000);
    const two = (number: number): string => String(number).padStart(2, '0');
    return {
      date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
      time: `${two(at.getHours())}:${two(at.getMinutes())}`,
    };
  });
  await page.getByLabel('Date').fill(next.date);
  await page.getByLabel('Time', { exact: true }).fill(next.time);
  await page.getByRole('button', { name: 'Schedule on Birdsong' }).click();
  const card = page.getByRole('article').filter({ hasText: 'On the minute' });
  await expect(card).toContainText('Scheduled');
  await expect(card).toContainText('Sent', { timeout: 75_000 });
});
