import { MASK } from './mask.ts';

/** Returns what a mask reveals of its secret; undefined if the value is not masked. `tail` is '' for a short secret. */
export function readMask(value: string): { tail: string; length: number } | undefined {
  const [, tail, length] = MASK.exec(value) ?? [];
  return tail === undefined ? undefined : { tail, length: Number(length) };
}

/** Splits a text at its masks. */
export function splitAtMasks(text: string): readonly (string | { mask: string })[] {
  return text
    .split(/(•{6}.{0,4}? \(\d+ characters\))/s)
    .map((part, index) => (index % 2 === 0 ? part : { mask: part }));
}
