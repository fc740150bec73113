/** Finds elements by role and name, as a user would. Bundled and injected into each page under test. */
import { queryAllByLabelText, queryAllByRole } from '@testing-library/dom';

/** An element by its role and accessible name, as assistive technology has them. */
export interface Query {
  role: string;
  name?: string | Pattern;
  /** Text that the element contains. */
  text?: string;
  /** The element that contains it. */
  inside?: Query;
}

/** A regular expression on its way into the page. */
export interface Pattern {
  source: string;
  flags: string;
}

/** Returns all visible elements that match a query, in document order. While a modal dialog is open, only those inside it. */
function findAll(query: Query): HTMLElement[] {
  const modal = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1);
  const areas = query.inside ? findAll(query.inside) : [modal ?? document.body];
  const name = typeof query.name === 'object' ? new RegExp(query.name.source, query.name.flags) : query.name;
  return areas
    .flatMap((area) => [
      ...(query.role === 'dialog' && area === modal ? [area] : []),
      ...queryAllByRole(area, query.role, name === undefined ? {} : { name }),
    ])
    .filter(({ textContent }) => query.text === undefined || textContent.includes(query.text));
}

/** Returns the only element that matches a query; null if there is none. @throws if there are several */
function findOne(query: Query): HTMLElement | null {
  const found = findAll(query);
  if (found.length > 1) throw new Error(`${found.length} elements for ${JSON.stringify(query)}`);
  return found[0] ?? null;
}

/**
 * Sets what the field with a label holds as typing would: React listens to the event, and reads the value past its own setter.
 * @returns false while there is no such field
 */
function setLabelled(label: string, value: string): boolean {
  const [field] = queryAllByLabelText(document.body, label, { exact: true });
  if (!field) return false;
  const prototype = Object.getPrototypeOf(field) as object;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

const inPage = { findAll, findOne, setLabelled };

declare global {
  var enginePage: typeof inPage;
}
globalThis.enginePage = inPage;
