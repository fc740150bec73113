/** A page in the story's terms, over either driver. Every method waits for its condition and fails after `TIMEOUT_MS`. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

import type { BrowserDriver, ElementDriver, Key, PageDriver } from './driver.ts';
import type { Query } from './in-page.ts';

const TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** A query with a regular expression for a name. */
interface Wanted {
  name?: string | RegExp;
  text?: string;
  inside?: Query;
}

export class StoryPage {
  readonly #driver: PageDriver;
  readonly #finder: string;
  readonly #pictures: string;

  constructor(driver: PageDriver, finder: string, pictures: string) {
    this.#driver = driver;
    this.#finder = finder;
    this.#pictures = pictures;
  }

  open = (url: string): Promise<void> => this.#driver.open(url);
  reload = (): Promise<void> => this.#driver.reload();
  back = (): Promise<void> => this.#driver.back();
  url = (): Promise<string> => this.#driver.evaluate(() => location.href);
  clickAt = (x: number, y: number): Promise<void> => this.#driver.clickAt(x, y);
  press = (key: Key): Promise<void> => this.#driver.press(key);
  toFront = (): Promise<void> => this.#driver.toFront();
  close = (): Promise<void> => this.#driver.close();

  /** Runs a function in the page, and again where the page was left meanwhile. */
  evaluate<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return this.#driver.evaluate(run, ...args);
  }

  /** Waits until `look` gives something; errors of a page that is being left count as that. */
  async until<T>(what: string, look: () => Promise<T | null | undefined>): Promise<T> {
    const end = Date.now() + TIMEOUT_MS;
    let last: unknown;
    for (;;) {
      try {
        const found = await look();
        // A driver makes null of undefined.
        if (found !== undefined && found !== null) return found;
        last = undefined;
      } catch (error) {
        last = error;
      }
      if (Date.now() > end)
        throw new Error(`${what}: not within ${TIMEOUT_MS / 1000} s. ${await this.#state()}`, { cause: last });
      await new Promise((resolve) => {
        setTimeout(resolve, POLL_MS);
      });
    }
  }

  async #state(): Promise<string> {
    const text = await this.#driver.evaluate(() => document.body.innerText).catch(String);
    return `At ${(await this.url()).replace(/[?#].*/, '?…')}: ${text.slice(0, 1_500)}`;
  }

  /** Injects the finder unless the page has it. */
  async #prepare(): Promise<void> {
    if (await this.#driver.evaluate(() => 'enginePage' in globalThis)) return;
    // A function made from text: the page's content security policy does not apply to what a driver runs.
    // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the tests' own bundle
    await this.#driver.evaluate(new Function(this.#finder) as () => void);
  }

  async #find(query: Query): Promise<ElementDriver | undefined> {
    await this.#prepare();
    return (await this.#driver.find((wanted) => globalThis.enginePage.findOne(wanted), query)) ?? undefined;
  }

  /** Waits for the one visible element of a role and name. */
  element(role: string, wanted: Wanted = {}): Promise<ElementDriver> {
    const query = queryOf(role, wanted);
    return this.until(JSON.stringify(query), () => this.#find(query));
  }

  async click(role: string, name: string | RegExp, inside?: Query): Promise<void> {
    const query = queryOf(role, { name, ...(inside && { inside }) });
    await this.until(`click ${JSON.stringify(query)}`, async () => {
      const element = await this.#find(query);
      await element?.click();
      return element && true;
    });
  }

  /** Types into an empty field. */
  async type(role: string, name: string | RegExp, text: string): Promise<void> {
    const field = await this.element(role, { name });
    await field.click();
    await field.type(text);
    await this.until(`${String(name)} to hold “${text}”`, async () =>
      (await this.value(role, name)) === text ? true : undefined,
    );
  }

  /** Sets a field by its label that each engine lets one type into in its own way, such as a date. */
  async set(label: string, value: string): Promise<void> {
    await this.until(`a field “${label}”`, async () => {
      await this.#prepare();
      const isSet = await this.evaluate((text, to) => globalThis.enginePage.setLabelled(text, to), label, value);
      return isSet || undefined;
    });
  }

  /** Returns what a field holds; undefined while there is none. */
  async value(role: string, name: string | RegExp): Promise<string | undefined> {
    await this.#prepare();
    return this.evaluate(
      (query) => {
        const field = globalThis.enginePage.findOne(query);
        return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : undefined;
      },
      queryOf(role, { name }),
    );
  }

  /** Waits until an element of a role contains a text. */
  async sees(text: string | RegExp, role?: string, wanted: Wanted = {}): Promise<void> {
    const pattern = typeof text === 'string' ? undefined : { source: text.source, flags: text.flags };
    const query = role === undefined ? undefined : queryOf(role, wanted);
    await this.until(`“${String(text)}”${query ? ` in ${JSON.stringify(query)}` : ''}`, async () => {
      if (query) await this.#prepare();
      return this.evaluate(
        (plain, regex, where) => {
          const areas = where ? globalThis.enginePage.findAll(where) : [document.body];
          const isIn = (said: string): boolean =>
            regex ? new RegExp(regex.source, regex.flags).test(said) : said.includes(plain);
          return areas.some((area) => isIn(area.innerText.replace(/\s+/g, ' '))) || undefined;
        },
        String(text),
        pattern ?? null,
        query ?? null,
      ).then((found) => found ?? undefined);
    });
  }

  /** Waits until no visible element of a role and name is left. */
  async lacks(role: string, wanted: Wanted = {}): Promise<void> {
    const query = queryOf(role, wanted);
    await this.until(`no ${JSON.stringify(query)}`, async () => {
      await this.#prepare();
      return (await this.count(role, wanted)) === 0 ? true : undefined;
    });
  }

  async count(role: string, wanted: Wanted = {}): Promise<number> {
    await this.#prepare();
    return this.evaluate((query) => globalThis.enginePage.findAll(query).length, queryOf(role, wanted));
  }

  /** Waits until the page is at a URL: exactly, or as the expression says. */
  async isAt(url: string | RegExp): Promise<void> {
    await this.until(`to be at ${String(url)}`, async () => {
      const now = await this.url();
      return (typeof url === 'string' ? now === url : url.test(now)) ? true : undefined;
    });
  }

  /** Saves a picture of the window in the ignored folder. */
  async picture(name: string): Promise<void> {
    await mkdir(this.#pictures, { recursive: true });
    await this.#driver.picture(`${this.#pictures}/${name}.png`);
  }
}

function queryOf(role: string, { name, ...others }: Wanted): Query {
  if (name === undefined) return { role, ...others };
  return { role, name: typeof name === 'string' ? name : { source: name.source, flags: name.flags }, ...others };
}

/** Opens a page of a browser. `pictures`: the folder for its pictures. */
export async function openPage(browser: BrowserDriver, pictures: string): Promise<StoryPage> {
  return new StoryPage(await browser.newPage(), await finderScript(), pictures);
}

let finder: Promise<string> | undefined;

/** Returns in-page.ts with what it imports, as one script. */
function finderScript(): Promise<string> {
  finder ??= bundle();
  return finder;
}

async function bundle(): Promise<string> {
  const entry = join(dirname(fileURLToPath(import.meta.url)), 'in-page.ts');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    // The library reads Node's `process`.
    define: { 'process.env.NODE_ENV': '"production"', process: '{"env":{}}' },
    build: { write: false, minify: true, lib: { entry, formats: ['iife'], name: 'enginePageBundle' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('the finder was not built');
  return output.output[0].code;
}
