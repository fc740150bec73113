// Applies the theme the person chose, if any, before the first paint; without one the system's holds.
// A file of its own, and a classic one: the policy forbids inline script, and a module would run too late.
{
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // Storage is off: follow the system.
  }
  if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
}
