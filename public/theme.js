// Applies the theme the person chose, if any, before the first paint; without one the system's holds. (A browser that does not know
// `blocking` may paint an empty page before it; the app itself is drawn in the chosen one.)
// A file of its own, and a classic one: the policy forbids inline script, and a module would run too late. It holds back what is
// painted (`blocking`), and not the reading of the page (`async`): a sign-in that comes back would wait a round trip for it.
{
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // Storage is off: follow the system.
  }
  if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
}
