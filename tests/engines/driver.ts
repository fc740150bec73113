/**
 * The browser interface that the story uses, implemented by two drivers: Puppeteer for Chromium and Firefox, WebDriver for WebKit.
 * It is as small as possible: page.ts builds the rest on `evaluate`.
 */

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof ENGINES)[number];

/** How the browser's user has set it up. */
export type Setup = 'normal' | 'private' | 'storage-blocked' | 'no-service-worker';

/** An element of a page, found in it by script. */
export interface ElementDriver {
  /** Clicks in the middle of it, as a mouse would. */
  click(): Promise<void>;
  /** Types into it, key by key. */
  type(text: string): Promise<void>;
}

export type Key = 'Escape' | 'Enter';

/** One tab. */
export interface PageDriver {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Goes back, without waiting for the page: one that comes out of the browser's memory (bfcache) is never loaded. */
  back(): Promise<void>;
  /**
   * Runs a function in the page, which gets JSON values and returns one, or a promise of one.
   * @throws what it throws, or an error of the driver while the page is being left
   */
  evaluate<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** As `evaluate`, for a function that returns an element or null. */
  find<Args extends unknown[]>(run: (...args: Args) => Element | null, ...args: Args): Promise<ElementDriver | null>;
  /** Clicks at a point of the window, in CSS pixels. */
  clickAt(x: number, y: number): Promise<void>;
  press(key: Key): Promise<void>;
  /** Saves a picture of what the window shows, as PNG. */
  picture(file: `${string}.png`): Promise<void>;
  toFront(): Promise<void>;
  close(): Promise<void>;
}

/** A running browser with a profile of its own. */
export interface BrowserDriver {
  version: string;
  newPage(): Promise<PageDriver>;
  /** Console errors and warnings, uncaught errors, and CSP violations of all its pages so far. */
  complaints: readonly string[];
  /** The folder where downloads go. */
  downloads: string;
  close(): Promise<void>;
}

export const WINDOW = { width: 1440, height: 900 };
