import { createContext, useContext, useEffect } from 'react';

/** Actions by key: a letter or symbol (`c`, `?`), or a sequence of two letters (`g p`). */
type Bindings = Readonly<Partial<Record<string, () => void>>>;

/** Whether single-letter shortcuts are on. The user must be able to turn them off (WCAG 2.2, 2.1.4). */
export const ShortcutsEnabled = createContext(true);

const FIRST_LETTER_LASTS_MS = 1_500;

const TYPED_INTO =
  'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable]:not([contenteditable="false"])';

/** The bindings of all components, so that the second letter of a sequence does not trigger another component's shortcut. */
const bound = new Set<Bindings>();
let firstLetter: { key: string; until: number } | undefined;

/**
 * Binds shortcuts while the component is mounted. They act outside text fields and while no dialog is open.
 * @returns whether shortcuts are on: the user can turn them off
 */
export function useShortcuts(bindings: Bindings): boolean {
  const areOn = useContext(ShortcutsEnabled);
  useEffect(() => {
    if (!areOn) return undefined;
    bound.add(bindings);
    document.addEventListener('keydown', press); // adding the same listener again has no effect
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

/** Returns the letter or symbol that was pressed; undefined if the key press is not a shortcut. */
function keyOf(event: KeyboardEvent): string | undefined {
  const { key, code, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return undefined;
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return undefined;
  if (target instanceof Element && target.closest(TYPED_INTO)) return undefined;
  if (key === '?') return key; // most keyboards need Shift for it
  if (event.shiftKey) return undefined;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  // On a keyboard with another alphabet, use the key's physical position.
  return /^\p{L}$/u.test(key) ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined;
}
