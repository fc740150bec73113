/**
 * Sessions that are not lost (M-7, M-8), in Chromium: two rounds of what `npm run bench -- storm` does at length. The page is
 * the bench's: the product's own modules and worker, and no screens.
 */
import { expect, test as base } from '@playwright/test';

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

test('REF-3: five tabs that call at expiry make one token request, and every call is answered', async ({
  browser,
  site,
}) => {
  const storms = await runStorms(browser, site, { rounds: 2 });
  expect(storms).toHaveLength(2);
  for (const { tokenRequests, answered, calls, survived } of storms) {
    expect({ tokenRequests, answered, survived }).toEqual({ tokenRequests: 1, answered: calls, survived: true });
  }
});
