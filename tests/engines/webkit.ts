/** Drives WebKitGTK's MiniBrowser through its WebDriver, on a virtual X server because it has no headless mode. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Builder, Capabilities, Key as Keys, type WebDriver } from 'selenium-webdriver';

import { run as runProgram } from '#scripts/processes.mjs';

import { WINDOW, type BrowserDriver, type PageDriver, type Setup } from './driver.ts';

/** Paths of the programs that `scripts/engines.mjs` found. */
export interface WebKitPaths {
  driver: string;
  miniBrowser: string;
  xvfb: string;
  /** ImageMagick's `import`: the driver's own screenshots hang. */
  import: string;
}

/**
 * The consent page lacks the app's Cross-Origin-Opener-Policy, so that going there swaps the process. When the user goes back, the
 * driver (2.50) loses the page and answers no command any more: the policy is switched off.
 */
const FEATURES = '--features=-CrossOriginOpenerPolicy';

const ARGS: Readonly<Record<Setup, readonly string[]>> = {
  normal: [FEATURES],
  private: [FEATURES, '--private'],
  'storage-blocked': [FEATURES, '--enable-html5-local-storage=false', '--enable-html5-database=false'],
  'no-service-worker': [`${FEATURES},-ServiceWorkers`],
};

export async function launchWebKit(paths: WebKitPaths, setup: Setup): Promise<BrowserDriver> {
  const home = await mkdtemp(join(tmpdir(), 'webkit-'));
  const screen = spawn(paths.xvfb, ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = `:${(await firstOutput(screen)).trim()}`;
  const port = await freePort();
  // Without a language in the locale, WebKit's default is `en-US-u-va-posix`, at which parts of Intl throw: the hardest case.
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    DISPLAY: display,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  };
  const driverProcess = spawn(paths.driver, [`--port=${port}`], { stdio: 'ignore', env });
  const stop = async (): Promise<void> => {
    for (const child of [driverProcess, screen]) await ended(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await listening(port);
    const driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(
        new Capabilities({
          browserName: 'MiniBrowser',
          pageLoadStrategy: 'normal',
          'webkitgtk:browserOptions': { binary: paths.miniBrowser, args: ['--automation', ...ARGS[setup]] },
        }),
      )
      .build();
    // The driver never answers for a script whose page is left meanwhile; page.ts tries again after this time.
    await driver.manage().setTimeouts({ script: 5_000 });
    await driver.manage().window().setRect({ x: 0, y: 0, width: WINDOW.width, height: 1000 });
    return browserDriver(driver, { home, display, paths, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Surroundings {
  home: string;
  display: string;
  paths: WebKitPaths;
  stop: () => Promise<void>;
}

async function browserDriver(driver: WebDriver, around: Surroundings): Promise<BrowserDriver> {
  const complaints: string[] = [];
  const [firstTab] = await driver.getAllWindowHandles();
  let unusedTab = firstTab;
  return {
    version: String((await driver.getCapabilities()).get('browserVersion')),
    complaints,
    downloads: around.home,
    async newPage() {
      const tab = unusedTab ?? (await newTab(driver));
      unusedTab = undefined;
      return pageDriver(driver, tab, complaints, around);
    },
    async close() {
      await driver.quit().catch(() => undefined);
      await around.stop();
    },
  };
}

async function newTab(driver: WebDriver): Promise<string> {
  await driver.switchTo().newWindow('tab');
  return driver.getWindowHandle();
}

/** WebDriver acts on one window at a time: each command goes to this page's first. */
function pageDriver(
  driver: WebDriver,
  tab: string,
  complaints: string[],
  { display, paths }: Surroundings,
): PageDriver {
  const here = async <T>(act: () => Promise<T>): Promise<T> => {
    await driver.switchTo().window(tab);
    return act();
  };
  const script = (run: (...args: never[]) => unknown): string => `return (${String(run)})(...arguments)`;
  const hear = async (): Promise<void> => {
    complaints.push(...(await driver.executeScript<string[]>(script(complaintsSoFar))));
  };
  return {
    open: (url) => here(() => driver.get(url)),
    reload: () => here(() => driver.navigate().refresh()),
    back: () => here(() => driver.navigate().back()),
    evaluate: (run, ...args) =>
      here(async () => {
        await hear();
        return driver.executeScript(script(run), ...args);
      }),
    find: (run, ...args) =>
      here(async () => {
        await hear();
        const element = await driver.executeScript<Awaited<ReturnType<WebDriver['findElement']>> | null>(
          script(run),
          ...args,
        );
        return element && { click: () => element.click(), type: (text) => element.sendKeys(text) };
      }),
    clickAt: (x, y) => here(() => driver.actions().move({ x, y }).click().perform()),
    press: (key) =>
      here(() =>
        driver
          .actions()
          .sendKeys(key === 'Escape' ? Keys.ESCAPE : Keys.ENTER)
          .perform(),
      ),
    async picture(file) {
      await here(() => driver.executeScript(script(twoFrames)));
      await takePicture(paths.import, display, file);
    },
    toFront: () => here(async () => undefined),
    close: () => here(() => driver.close()),
  };
}

/** Resolves once the page has been drawn as it is now. Runs in the page. */
function twoFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

/** Takes pictures of a screen until two in a row are the same: what a page draws reaches the screen a moment later. */
async function takePicture(program: string, display: string, file: string): Promise<void> {
  let last: Buffer | undefined;
  for (let attempt = 0; attempt < 10; attempt++) {
    const { code, output } = await runProgram(program, ['-display', display, '-window', 'root', file], { quiet: true });
    if (code !== 0) throw new Error(`no picture: ${output}`);
    const picture = await readFile(file);
    if (last?.equals(picture)) return;
    last = picture;
  }
}

/**
 * Takes what the page has complained of since the last call; runs in the page. The driver has no console log, so that console and
 * errors are heard from the first call on a page on, which is when the document is read; CSP violations from the beginning.
 */
function complaintsSoFar(): string[] {
  interface Watched {
    complaintsHeard?: string[];
  }
  const watched = globalThis as Watched;
  if (!watched.complaintsHeard) {
    const heard: string[] = (watched.complaintsHeard = []);
    for (const level of ['error', 'warn'] as const) {
      // oxlint-disable-next-line no-console -- listened to
      const log = console[level].bind(console);
      // oxlint-disable-next-line no-console -- listened to
      console[level] = (...args: unknown[]) => {
        heard.push(`${level}: ${args.map(String).join(' ')} (${location.href})`);
        log(...args);
      };
    }
    addEventListener('error', ({ message }) => heard.push(`uncaught: ${message} (${location.href})`));
    addEventListener('unhandledrejection', ({ reason }) =>
      heard.push(`unhandled: ${String(reason)} (${location.href})`),
    );
    const report = (reports: Report[]): void => {
      for (const { body } of reports) heard.push(`CSP: ${JSON.stringify(body)} (${location.href})`);
    };
    new ReportingObserver(report, { types: ['csp-violation'], buffered: true }).observe();
  }
  return watched.complaintsHeard?.splice(0) ?? [];
}

function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdio[3]?.once('data', (data: Buffer) => resolve(String(data)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Resolves once something answers on a port of this machine. @throws when nothing does for 20 s */
async function listening(port: number): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    const isThere = await fetch(`http://127.0.0.1:${port}/status`).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    if (Date.now() > until) throw new Error('WebKitWebDriver did not start');
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill();
  await exit;
}
