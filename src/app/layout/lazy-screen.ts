import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** The script of a screen did not come: no network, or a newer deployment has removed it. No fault of the app. */
export class ScreenNotLoadedError extends Error {
  override name = 'ScreenNotLoadedError';
}

/**
 * A screen whose script is loaded when it is first gone to.
 * @param load imports it; when that fails, rendering throws a ScreenNotLoadedError
 */
export function lazyScreen<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new ScreenNotLoadedError('the script of a screen could not be loaded', { cause });
    }
  });
}
