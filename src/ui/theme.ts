/** The looks a person can choose; without a choice the system decides. `public/theme.js` applies it before the first paint. */
export type Theme = 'light' | 'dark';

const KEY = 'theme';

/** The look on screen now. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Changes to the other look and remembers it; where storage is blocked, for this page only. */
export function switchTheme(): Theme {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Blocked storage: the look lasts as long as the page.
  }
  return theme;
}
