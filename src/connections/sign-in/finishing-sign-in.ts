import type { ServiceReference } from '#connections/services/service.ts';
import { isObject, isText } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';

type Finishing = Pick<ServiceReference, 'id' | 'name'>;

/**
 * Remembers, in this tab, which sign-in is being finished, so that the page can say after a reload that it was interrupted: the
 * response has left the URL by then and works only once (CB-1, CB-8).
 */
export interface FinishingSignIn {
  /** Remembers the service whose sign-in is being finished. */
  mark(service: Finishing): void;
  /** Forgets it: the sign-in has an outcome, or the user has read that it was interrupted. */
  clear(): void;
  /** Returns the service whose sign-in a reload interrupted, if there is one. */
  interrupted(): Finishing | undefined;
}

const KEY = 'finishing-sign-in';

/** @param tab this tab's sessionStorage; without it, a reload says only that there is nothing to finish */
export function createFinishingSignIn(tab: Storage | undefined): FinishingSignIn {
  return {
    mark({ id, name }) {
      try {
        tab?.setItem(KEY, JSON.stringify({ id, name }));
      } catch {
        // Storage is full.
      }
    },
    clear: () => tab?.removeItem(KEY),
    interrupted() {
      const stored = parseJson(tab?.getItem(KEY) ?? '');
      if (!isObject<keyof Finishing>(stored)) return undefined;
      const { id, name } = stored;
      return isText(id) && isText(name) ? { id, name } : undefined;
    },
  };
}
