import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** Thrown when a screen's script cannot be loaded: offline, or removed by a newer deployment. Not a bug in the app. */
export class ScreenNotLoadedError extends Error {
  override name = 'ScreenNotLoadedError';
}

/**
 * Creates a screen whose script is loaded when it is first rendered.
 * @param load imports the screen; if that fails, rendering throws a ScreenNotLoadedError
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
