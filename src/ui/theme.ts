/** The looks there are. */
export type Theme = 'light' | 'dark';

/** What a person can choose: a look, or the one the system has. */
export type ThemeChoice = 'system' | Theme;

/** The look on screen now. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/**
 * Shows the chosen look. `public/theme.js` has done the same before the first paint: a file of its own, since the policy forbids
 * inline script, and a classic one, since a module would run too late. It holds back what is painted (`blocking`), and not the
 * reading of the page (`async`): a sign-in that comes back would wait a round trip for it. A browser that does not know `blocking`
 * may paint an empty page before it; the app itself is drawn in the chosen look.
 */
export function showTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
