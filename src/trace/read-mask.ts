import { MASK } from './mask.ts';

/** What a masked value still tells of the secret; undefined of a value that is none. `tail` is '' of a short one. */
export function readMask(value: string): { tail: string; length: number } | undefined {
  const [, tail, length] = MASK.exec(value) ?? [];
  return tail === undefined ? undefined : { tail, length: Number(length) };
}

/** A text cut at its masks. */
export function splitAtMasks(text: string): readonly (string | { mask: string })[] {
  return text
    .split(/(•{6}.{0,4}? \(\d+ characters\))/s)
    .map((part, place) => (place % 2 === 0 ? part : { mask: part }));
}
