// Why this is as it is stands in src/ui/theme.ts: what is here is sent to everybody.
{
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // Storage is off: follow the system.
  }
  if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
}
