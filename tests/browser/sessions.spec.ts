/**
 * Sessions survive (M-7, M-8), in Chromium: two rounds of what `npm run bench -- storm` and `-- kill` do at length. The page is
 * that of the bench: the product's own modules and worker, without screens.
 */
import { expect, test as base } from '@playwright/test';

import { runKills } from '#tests/bench/kill.mjs';
import { openSite, type Site } from '#tests/bench/stage.mjs';
import { runStorms } from '#tests/bench/storm.mjs';

const test = base.extend<{ site: Site }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed off this pattern
  site: async ({}, provide) => {
    const site = await openSite();
    await provide(site);
    await site.close();
  },
});

// Each opens the page a dozen times or more, and waits for the emulated network.
test.slow();

test('REF-3: five tabs that call at expiry make one token request, and every call succeeds', async ({
  browser,
  site,
}) => {
  const storms = await runStorms(browser, site, { rounds: 2 });
  expect(storms).toHaveLength(2);
  for (const { tokenRequests, answered, calls, survived } of storms) {
    expect({ tokenRequests, answered, survived }).toEqual({ tokenRequests: 1, answered: calls, survived: true });
  }
});

test('REF-2: a tab that is closed during a refresh does not end the sign-in', async ({ browser, site }) => {
  // Before the server has issued the new token, and while it is on its way to a closed page.
  const kills = await runKills(browser, site, {
    plan: [
      { at: 'asked', death: 'close' },
      { at: 'rotated', death: 'close' },
    ],
  });
  expect(kills.map(({ at, asked, lost }) => ({ at, asked, lost }))).toEqual([
    { at: 'asked', asked: true, lost: false },
    { at: 'rotated', asked: true, lost: false },
  ]);
});
