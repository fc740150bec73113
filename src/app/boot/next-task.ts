/** Resolves in another task: the browser paints and answers before what comes next, which makes this one no longer. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
