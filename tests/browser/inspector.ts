/** Reads what the flow inspector of a tab shows. */
import type { Page } from '@playwright/test';

import { expect } from './app.ts';

/** Opens the inspector by the navigation. */
async function openInspector(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^(Flow )?[Ii]nspector$/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Flow inspector' })).toBeVisible();
}

/** Returns the accessible names of the steps of all flows, newest flow first. */
export async function stepsSeenIn(page: Page): Promise<string[]> {
  await openInspector(page);
  const steps: string[] = [];
  for (const flow of await page.getByRole('navigation', { name: 'Flows' }).getByRole('button').all()) {
    await flow.click();
    await expect(flow).toHaveAttribute('aria-current', 'true');
    const buttons = page.getByRole('list', { name: 'Steps of the flow' }).getByRole('button');
    steps.push(...(await buttons.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? ''))));
  }
  return steps;
}

/** Returns all text in the inspector: each tab of each step of each flow, with everything expanded. */
export async function readInspector(page: Page): Promise<string> {
  await openInspector(page);
  return page.evaluate(async () => {
    const read: string[] = [];
    const drawn = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
    for (const flow of all('nav[aria-label="Flows"] button')) {
      flow.click();
      await drawn();
      for (const step of all('ol[aria-label="Steps of the flow"] button')) {
        step.click();
        await drawn();
        // A step that is not a request has no tabs.
        for (const tab of [undefined, ...all('[role="tab"]')]) {
          tab?.click();
          await drawn();
          for (const summary of all('summary')) summary.click();
          read.push(document.querySelector('main')?.outerHTML ?? '');
        }
      }
    }
    return read.join('\n');
  });
}
