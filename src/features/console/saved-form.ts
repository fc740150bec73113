import { METHODS, type RequestForm } from './request.ts';

const keyOf = (connectionId: string): string => `console ${connectionId}`;

/** Keeps what was filled in for the way to a sign-in page and back, in this tab. */
export function keepForm(connectionId: string, form: RequestForm): void {
  try {
    sessionStorage.setItem(keyOf(connectionId), JSON.stringify(form));
  } catch {
    // Blocked or full: the form is empty when the person is back.
  }
}

/** What was filled in before the person left, once; undefined where there is nothing, or nothing that makes sense. */
export function takeForm(connectionId: string): RequestForm | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(connectionId)) ?? 'null');
    sessionStorage.removeItem(keyOf(connectionId));
    return isForm(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isForm(value: unknown): value is RequestForm {
  if (typeof value !== 'object' || value === null) return false;
  const { method, path, headers, body } = value as Partial<Record<keyof RequestForm, unknown>>;
  return METHODS.some((one) => one === method) && [path, headers, body].every((text) => typeof text === 'string');
}
