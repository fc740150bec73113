// Documented in src/ui/theme.ts, because every visitor downloads this file.
{
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // Storage is off: follow the system.
  }
  if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
}
