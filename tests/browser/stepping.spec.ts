/** The step debugger: the app's own flow, held before each step, through the redirect to the server and back. */
import type { Page } from '@playwright/test';

import { allow, axeViolations, connected, expect, test } from './app.ts';
import { stepsSeenIn } from './inspector.ts';

/** Releases held steps until `isThere`. Returns the held steps. */
async function goOnUntil(page: Page, isThere: () => Promise<boolean>): Promise<string[]> {
  const held: string[] = [];
  const bar = page.getByRole('region', { name: 'Step by step' });
  await expect(async () => {
    if (await isThere()) return;
    // The button says what it releases.
    const next = bar.getByRole('button', { name: 'Next step' });
    await next.waitFor({ timeout: 2_000 });
    const said = (await bar.getByRole('status').textContent({ timeout: 1_000 })) ?? '';
    // Read before the press, because on a busy machine the press may take effect and yet time out.
    held.push(said.split('.')[0] ?? '');
    await next.click({ timeout: 2_000 });
    expect(await isThere()).toBe(true);
  }).toPass({ timeout: 40_000, intervals: [100] });
  return held;
}

test('M-16: holds a sign-in before each step, also after the redirect back, and the held steps are the ones that happened', async ({
  page,
  appUrl,
}) => {
  await page.goto(`${appUrl}inspector`);
  await page.getByRole('switch', { name: 'Step by step' }).check();
  await page.getByRole('navigation').getByRole('link', { name: 'Connections' }).first().click();
  // The inspector has a button with the same name, and returns to itself.
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
  await page.getByRole('button', { name: /^Connect Birdsong/ }).click();
  const out = await goOnUntil(page, async () => (await page.title()).includes('Birdsong'));
  expect(out).toContain('Paused before: Call without a token');
  expect(out.at(-1)).toMatch(/^Paused before: Redirect to sign-in/);
  await allow(page);

  const bar = page.getByRole('region', { name: 'Step by step' });
  await expect(bar).toContainText('expires in about a minute');
  expect(await page.evaluate(() => location.search)).toBe('');
  expect(await axeViolations(page)).toEqual([]);
  const back = await goOnUntil(page, () => page.getByText('Lowtide Press').first().isVisible());
  expect(back.some((step) => step.includes('Exchange the code'))).toBe(true);
  await bar.getByRole('button', { name: 'Run to the end' }).click();
  await expect(bar).toBeHidden();

  const steps = (await stepsSeenIn(page)).join('\n');
  expect(steps).toMatch(/GET \/callback.*\?code=…/);
  expect(steps).toMatch(/POST \/birdsong\/token, Content Planner to Authorization server, 200/);
});

test('reveals a token in use after a confirmation, and nowhere else', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await page.getByRole('navigation').getByRole('link', { name: 'Flow inspector' }).click();
  await page
    .getByRole('navigation', { name: 'Flows' })
    .getByRole('button', { name: /Connect/ })
    .first()
    .click();
  await page
    .getByRole('list', { name: 'Steps of the flow' })
    .getByRole('button', { name: /POST \/birdsong\/token/ })
    .click();
  const detail = page.getByRole('region', { name: 'Selected step' });
  await detail
    .getByRole('button', { name: /^Reveal access_token/ })
    .first()
    .click();
  await detail.getByRole('button', { name: 'Show', exact: true }).click();
  const token = await page.evaluate(async () => {
    const opened = indexedDB.open('connections');
    await new Promise((resolve) => opened.addEventListener('success', resolve));
    const [store = ''] = [...opened.result.objectStoreNames];
    const all = opened.result.transaction(store).objectStore(store).getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    const [record] = all.result as { state: { grant: { accessToken: string } } }[];
    opened.result.close();
    return record?.state.grant.accessToken ?? '';
  });
  expect(token.length).toBeGreaterThan(20);
  await expect(detail).toContainText(token);
  await page.getByRole('list', { name: 'Steps of the flow' }).getByRole('button').first().click();
  await expect(page.getByRole('main')).not.toContainText(token);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(token);
});
