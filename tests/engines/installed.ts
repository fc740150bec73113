import { ENGINES, type BrowserDriver, type EngineName, type Setup } from './driver.ts';
import { launchPuppeteer } from './puppeteer.ts';
import { launchWebKit, type WebKitPaths } from './webkit.ts';

interface Installed {
  chromium: string;
  firefox: string | null;
  webkit: WebKitPaths | null;
}

/** The programs that `npm test` has found, which it passes on as JSON. */
function installed(): Installed {
  const json = process.env['ENGINES'];
  if (json === undefined) throw new Error('ENGINES is not set: run the story by `npm test -- --engines`.');
  return JSON.parse(json) as Installed;
}

/** Returns the engines that are on this machine. */
export function installedEngines(): EngineName[] {
  const programs = installed();
  return ENGINES.filter((engine) => programs[engine] !== null);
}

/** Starts a browser with a profile of its own. */
export function launch(engine: EngineName, setup: Setup): Promise<BrowserDriver> {
  const { chromium, firefox, webkit } = installed();
  if (engine === 'webkit' && webkit) return launchWebKit(webkit, setup);
  if (engine === 'firefox' && firefox !== null) return launchPuppeteer(engine, firefox, setup);
  if (engine === 'chromium') return launchPuppeteer(engine, chromium, setup);
  throw new Error(`${engine} is not on this machine`);
}
