import { createContext, useContext, useEffect } from 'react';

/** What to do by key: a letter or a sign (`c`, `?`), or two letters one after the other (`g p`). */
type Bindings = Readonly<Partial<Record<string, () => void>>>;

/** Whether single letters act. They must be possible to turn off (WCAG 2.2, 2.1.4). */
export const ShortcutsEnabled = createContext(true);

const FIRST_LETTER_LASTS_MS = 1_500;

const TYPED_INTO =
  'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable]:not([contenteditable="false"])';

/** Of all components together: a second letter must not be taken for a first one elsewhere. */
const bound = new Set<Bindings>();
let firstLetter: { key: string; until: number } | undefined;

/**
 * Binds single letters as long as the component is there. They act outside fields and while no dialog is open.
 * @returns whether they act: a person can turn them off
 */
export function useShortcuts(bindings: Bindings): boolean {
  const areOn = useContext(ShortcutsEnabled);
  useEffect(() => {
    if (!areOn) return undefined;
    bound.add(bindings);
    document.addEventListener('keydown', press); // the same listener again is no second one
    return () => {
      bound.delete(bindings);
      if (bound.size === 0) document.removeEventListener('keydown', press);
    };
  }, [areOn, bindings]);
  return areOn;
}

function press(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (key === undefined) return;
  const pair = firstLetter && event.timeStamp < firstLetter.until ? `${firstLetter.key} ${key}` : undefined;
  firstLetter = undefined;
  const action = (pair === undefined ? undefined : actionOf(pair)) ?? actionOf(key);
  if (action) {
    event.preventDefault();
    action();
  } else if ([...bound].some((bindings) => Object.keys(bindings).some((one) => one.startsWith(`${key} `)))) {
    firstLetter = { key, until: event.timeStamp + FIRST_LETTER_LASTS_MS };
  }
}

function actionOf(pressed: string): (() => void) | undefined {
  return [...bound].map((bindings) => bindings[pressed]).find((action) => action !== undefined);
}

/** The letter or sign that was pressed; undefined where it belongs to something else. */
function keyOf(event: KeyboardEvent): string | undefined {
  const { key, code, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return undefined;
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return undefined;
  if (target instanceof Element && target.closest(TYPED_INTO)) return undefined;
  if (key === '?') return key; // on most keyboards with Shift
  if (event.shiftKey) return undefined;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  // A keyboard of another alphabet: by the place of the key.
  return /^\p{L}$/u.test(key) ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined;
}
