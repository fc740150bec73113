/** A colour theme. */
export type Theme = 'light' | 'dark';

/** The user's choice: a theme, or the system's. */
export type ThemeChoice = 'system' | Theme;

/** Returns the theme on screen now. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/**
 * Applies the chosen theme. `public/theme.js` has already done so before the first paint. It is a separate file because the
 * content security policy forbids inline scripts, and a classic script because a module would run too late. It blocks rendering
 * (`blocking`) but not parsing (`async`), because a returning sign-in would otherwise wait a round trip for it. A browser without
 * `blocking` may paint an empty page first; the app itself is rendered in the chosen theme.
 */
export function showTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
