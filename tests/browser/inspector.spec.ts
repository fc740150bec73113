/** The flow inspector in Chromium: what it shows of the app's own flows, its use, and its performance with many events. */
import { busyTrace, exchange, traceOf } from '#tests/support/shown-traces.ts';
import type { Trace } from '#trace/event.ts';
import type { Page } from '@playwright/test';

import { axeViolations, connected, expect, postNow, pressControls, test } from './app.ts';
import { stepsSeenIn } from './inspector.ts';

/** Opens the inspector in a tab that has recorded this trace on the previous page. */
async function openWith(page: Page, appUrl: string, { events, bodyOf }: Trace): Promise<void> {
  await page.goto(`${appUrl}settings`);
  const bodies = events.flatMap(({ id }) => {
    const body = bodyOf(id);
    return body ? [[id, body]] : [];
  });
  await page.addInitScript(
    (kept) => {
      // Stored as a page does when it redirects to the sign-in page.
      if (location.pathname.endsWith('/inspector')) sessionStorage.setItem('trace', kept);
    },
    `${events.at(-1)?.id} ${JSON.stringify({ events, bodies })}`,
  );
  await page.goto(`${appUrl}inspector`);
  await expect(page.getByRole('navigation', { name: 'Flows' })).toBeVisible();
}

const step = (page: Page, name: RegExp) =>
  page.getByRole('list', { name: 'Steps of the flow' }).getByRole('button', { name });

test('M-16: lists every step of connecting and of an expired token in order', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await pressControls(page, appUrl, /Expire/);
  await postNow(page, 'Watched on its way');
  await expect(page.getByRole('article').filter({ hasText: 'Watched on its way' })).toContainText('Sent');
  const steps = await stepsSeenIn(page);
  const inOrder = (...expected: RegExp[]): void => {
    const places = expected.map((pattern) => steps.findIndex((one) => pattern.test(one)));
    expect(places, steps.join('\n')).not.toContain(-1);
    expect(places, steps.join('\n')).toEqual(places.toSorted((one, other) => one - other));
  };
  inOrder(
    /GET .*api.*, Content Planner to Resource server, 401 rejected, as expected/,
    /oauth-protected-resource.*200/,
    /Resource match.*passed/,
    /oauth-authorization-server.*200/,
    /PKCE support.*passed/,
    /Create PKCE verifier/,
    /GET \/birdsong\/authorize, Content Planner to Authorization server/,
    /GET \/callback.*\?code=…, Authorization server to Content Planner/,
    /State match.*passed/,
    /Response issuer match.*passed/,
    /POST \/birdsong\/token, Content Planner to Authorization server, 200/,
  );
  inOrder(/POST \/birdsong\/api\/posts.*401 invalid_token/, /POST \/birdsong\/api\/posts.*201/);
  expect(steps.join('\n')).toMatch(/POST \/birdsong\/token, the service worker to Authorization server, 200/);
});

test('holds steps until they are released, from the very first', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}inspector`);
  await page.getByRole('switch', { name: 'Step by step' }).check();
  const connect = page.getByRole('button', { name: 'Connect Birdsong' });
  await connect.click();
  const held = page.getByText(/^Paused before step \d+\. Nothing is sent until you continue\./);
  await expect(held).toContainText('Paused before step 1.');
  let asked = 0;
  page.on('request', () => (asked += 1));
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(step(page, /^1\. /)).toBeVisible();
  await expect(held).toContainText('Paused before step 2.');
  expect(asked).toBeLessThanOrEqual(1);
  // Not with `uncheck`, which reads the switch afterwards: the page is left at once, with the switch.
  await page.getByRole('switch', { name: 'Step by step' }).click();
  await expect(page).toHaveTitle(/Birdsong/);
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 1000, 390]) {
    test(`no axe violation in any part of the inspector, ${theme} at ${width} px, and nothing scrolls sideways`, async ({
      page,
      appUrl,
    }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await openWith(page, appUrl, busyTrace(Date.now()));
      const look = async (what: string): Promise<void> => {
        expect(await axeViolations(page), what).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, what).toBeLessThanOrEqual(0);
      };
      await page
        .getByRole('navigation', { name: 'Flows' })
        .getByRole('button', { name: /^Connect/ })
        .click();
      await look('the diagram');
      await step(page, /POST \/birdsong\/token/).click();
      await look('an exchange');
      await page
        .getByRole('button', { name: /^Reveal access_token/ })
        .first()
        .click();
      await expect(page.getByRole('group', { name: 'Show the secret?' })).toBeVisible();
      await look('the question before a secret is shown');
      await page.getByRole('button', { name: 'Cancel' }).click();
      for (const tab of ['Token', 'Timing']) {
        await page.getByRole('tab', { name: tab }).click();
        await look(tab);
      }
      if (width === 390) await page.getByRole('button', { name: 'Back to the steps' }).click();
      else await page.getByRole('radio', { name: 'Table' }).check();
      await page
        .getByRole('navigation', { name: 'Flows' })
        .getByRole('button', { name: /Harbour/ })
        .click();
      await look('a failure');
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'JSON' }).click();
      await page
        .getByLabel('Open a trace')
        .last()
        .setInputFiles(await (await saving).path());
      await expect(page.getByText(/^Viewing/)).toBeVisible();
      await look('a trace from a file');
      await page
        .getByRole('navigation', { name: 'Flows' })
        .getByRole('button', { name: /^Connect/ })
        .click();
      await step(page, /oauth-authorization-server/).click();
      await look('a step of it');
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  const token = (page: Page) => step(page, /POST \/birdsong\/token/);
  const opened = (page: Page, name = 'Exchange the code for tokens') => page.getByRole('heading', { level: 2, name });

  test('opens a step as a separate view, and each way back ends at the same step', async ({ page, appUrl }) => {
    await openWith(page, appUrl, busyTrace(Date.now()));
    // As with the tab bar, which moves the focus to the heading of a page.
    await page.getByRole('link', { name: 'Inspector' }).click();
    for (const goBack of [
      () => page.getByRole('button', { name: 'Back to the steps' }).click(),
      () => page.goBack(),
      () => page.keyboard.press('Escape'),
    ]) {
      await token(page).click();
      await expect(opened(page)).toBeFocused();
      await expect(page.getByRole('list', { name: 'Steps of the flow' })).toBeHidden();
      await goBack();
      await expect(token(page)).toBeFocused();
      await expect(page).toHaveURL(`${appUrl}inspector`);
    }
    await page.goForward();
    await expect(opened(page)).toBeFocused();
    // Two presses before the first had an effect.
    await page.getByRole('button', { name: 'Back to the steps' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(token(page)).toBeFocused();
    await expect(page).toHaveURL(`${appUrl}inspector`);
  });

  test('has the step in the URL: a reload restores it, and another step does not add to the way back', async ({
    page,
    appUrl,
  }) => {
    await openWith(page, appUrl, busyTrace(Date.now()));
    await token(page).click();
    await expect(opened(page)).toBeFocused();
    await page.keyboard.press('k');
    await expect(opened(page, 'State match')).toBeFocused();
    await page.reload();
    await expect(opened(page, 'State match')).toBeVisible();
    await page.goBack();
    await expect(step(page, /State match/)).toBeFocused();
    await expect(page).toHaveURL(`${appUrl}inspector`);
  });

  test('a link to a step has the list behind it, and a link to an unknown step opens the list', async ({
    page,
    appUrl,
  }) => {
    await openWith(page, appUrl, busyTrace(Date.now()));
    await page.goto(`${appUrl}inspector?flow=ended&step=2`);
    await expect(opened(page, 'Refresh the access token')).toBeVisible();
    await page.getByRole('button', { name: 'Back to the steps' }).click();
    await expect(step(page, /400 invalid_grant/)).toBeFocused();
    await expect(page).toHaveURL(`${appUrl}inspector?flow=ended`);
    await page.goto(`${appUrl}inspector?flow=elsewhere&step=2`);
    await expect(page.getByRole('heading', { level: 2, name: 'Step-up on Birdsong' })).toBeVisible();
  });
});

test('updates the URL as steps are opened on a wide screen', async ({ page, appUrl }) => {
  await openWith(page, appUrl, busyTrace(Date.now()));
  await page.goto(`${appUrl}inspector?flow=ended&step=2`);
  await expect(page.getByRole('heading', { level: 2, name: 'Refresh the access token' })).toBeVisible();
  await page.keyboard.press('k');
  await expect(page).toHaveURL(/\?flow=ended&step=1$/);
});

test('by keyboard only: to a flow, through its steps, into one, through its tabs, and back', async ({
  page,
  appUrl,
}) => {
  await openWith(page, appUrl, busyTrace(Date.now()));
  const list = page.getByRole('navigation', { name: 'Flows' }).getByRole('button');
  await list.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.nth(1)).toBeFocused();
  await expect(page.getByRole('heading', { level: 2, name: 'Refresh Birdsong' })).toBeVisible();
  // At the last step J does nothing.
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(step(page, /POST \/birdsong\/token/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Refresh the access token' })).toBeFocused();
  await page.getByRole('tab', { name: 'Exchange' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Token' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(step(page, /POST \/birdsong\/token/)).toBeFocused();
});

for (const [what, trace] of [
  [
    'in a thousand flows',
    (now: number) =>
      traceOf(
        Object.fromEntries(
          Array.from({ length: 1_000 }, (_, at) => [
            `f${at}`,
            { kind: 'call' as const, startsAt: now - (1_000 - at) * 5_000, steps: exchange('api-call') },
          ]),
        ),
      ),
  ],
  [
    'in one flow',
    (now: number) =>
      traceOf({
        a: {
          kind: 'call',
          startsAt: now - 1_000_000,
          steps: Array.from({ length: 1_000 }, () => exchange('api-call', { response: { posts: [1, 2, 3] } })).flat(),
        },
      }),
  ],
] as const) {
  test(`2,000 events ${what} are all shown and can be scrolled; the test reports what that costs`, async ({
    page,
    appUrl,
  }, info) => {
    await openWith(page, appUrl, trace(Date.now()));
    const pane =
      what === 'in one flow'
        ? page.getByRole('region', { name: 'Steps of the flow' })
        : page.getByRole('navigation', { name: 'Flows' });
    await expect(pane.getByRole('listitem')).toHaveCount(1_000);
    // Long tasks while opening count too. They are reported, not asserted, because the machine is shared.
    const figures = await pane.evaluate(async (element) => {
      const long: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) long.push(duration);
      });
      observer.observe({ type: 'longtask', buffered: true });
      const frames: number[] = [];
      let last = performance.now();
      for (let at = 0; at < 60; at += 1) {
        element.scrollTop = (element.scrollHeight * at) / 60;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        frames.push(performance.now() - last);
        last = performance.now();
      }
      observer.disconnect();
      return { longest: Math.max(0, ...long), worstFrame: Math.max(...frames), scrolled: element.scrollTop };
    });
    info.annotations.push({ type: 'figures', description: JSON.stringify(figures) });
    expect(figures.scrolled).toBeGreaterThan(10_000);
  });
}
