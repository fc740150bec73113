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

/** Shows the chosen look. Before the first paint `public/theme.js` has done the same. */
export function showTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
