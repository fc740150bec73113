import { isObject, isStrings } from '#lib/guards.ts';

import { METHODS, type RequestForm } from './request.ts';

const keyOf = (connectionId: string): string => `console ${connectionId}`;

/** Stores the form in this tab while the user visits a sign-in page. */
export function saveForm(connectionId: string, form: RequestForm): void {
  try {
    sessionStorage.setItem(keyOf(connectionId), JSON.stringify(form));
  } catch {
    // Storage is blocked or full: the form is empty when the user returns.
  }
}

/** Returns the form stored before the user left and removes it; undefined if there is none or it is invalid. */
export function takeForm(connectionId: string): RequestForm | undefined {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(connectionId)) ?? 'null');
    sessionStorage.removeItem(keyOf(connectionId));
    return isForm(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function isForm(value: unknown): value is RequestForm {
  if (!isObject<keyof RequestForm>(value)) return false;
  const { method, path, headers, body } = value;
  return METHODS.some((one) => one === method) && isStrings([path, headers, body]);
}
