import type { Preferences } from '#features/settings/preferences.ts';
import { isObject } from '#lib/guards.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { BROWSER_FORMATS, isKnownLocale, setFormats, type FormatChoice } from '#messages/format.ts';
import { sharedStorage } from '#storage/web-storage.ts';
import { showTheme } from '#ui/theme.ts';

/** The user's preferences, and a way to change them. */
export interface PreferenceStore extends Observable<Preferences> {
  change(patch: Partial<Preferences>): void;
}

/** A separate key, because `public/theme.js` reads it before the first paint. Missing: follow the system. */
const THEME_KEY = 'theme';
const KEY = 'preferences';

const HOUR_CYCLES: readonly FormatChoice['hourCycle'][] = ['language', '24h', '12h'];

interface PreferenceDeps {
  /** Undefined if the browser blocks it; then choices last as long as the page. */
  storage: Storage | undefined;
  /** The target of `storage` events, which report changes made in other tabs. */
  events: EventTarget;
  /** Applies the preferences. Called on creation, and before the subscribers on each change. */
  apply: (preferences: Preferences) => void;
}

/** Creates the preference store from stored values; missing or invalid values get their defaults. */
export function createPreferences({ storage, events, apply }: PreferenceDeps): PreferenceStore {
  const { get, set, subscribe } = createObservable(read(storage));
  const hold = (next: Preferences): void => {
    apply(next);
    set(next);
  };
  apply(get());
  events.addEventListener('storage', (event) => {
    if (!('key' in event) || !('storageArea' in event) || event.storageArea !== storage) return;
    // A null key means that all of the storage was cleared.
    if (event.key === null || event.key === KEY || event.key === THEME_KEY) hold(read(storage));
  });
  return {
    get,
    subscribe,
    change(patch) {
      const next = { ...get(), ...patch };
      write(storage, next);
      hold(next);
    },
  };
}

/** Removes all preferences from this browser. */
export function forgetPreferences(): void {
  for (const key of [THEME_KEY, KEY]) sharedStorage()?.removeItem(key);
}

/** Opens this browser's preferences and applies them to the page. */
export function openPreferences(): PreferenceStore {
  return createPreferences({
    storage: sharedStorage(),
    events: window,
    apply(preferences) {
      showTheme(preferences.theme);
      setFormats(preferences);
    },
  });
}

function read(storage: Storage | undefined): Preferences {
  const theme = storage?.getItem(THEME_KEY);
  const { locale, hourCycle, letterKeys } = storedObject(storage);
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: typeof locale === 'string' && isKnownLocale(locale) ? locale : BROWSER_FORMATS.locale,
    hourCycle: HOUR_CYCLES.find((one) => one === hourCycle) ?? BROWSER_FORMATS.hourCycle,
    letterKeys: letterKeys !== false,
  };
}

function storedObject(storage: Storage | undefined): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    return isObject(stored) ? stored : {};
  } catch {
    return {};
  }
}

function write(storage: Storage | undefined, { theme, ...others }: Preferences): void {
  try {
    if (theme === 'system') storage?.removeItem(THEME_KEY);
    else storage?.setItem(THEME_KEY, theme);
    storage?.setItem(KEY, JSON.stringify(others));
  } catch {
    // Storage is full or blocked: the choice lasts as long as the page.
  }
}
