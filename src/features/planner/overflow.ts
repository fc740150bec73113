/**
 * Returns where to cut a text so that it fits, without splitting a user-perceived character.
 * @param count the network's character count; must not decrease for longer texts
 * @returns the length of the part that fits, in UTF-16 units; the whole length if all of it fits
 */
export function fittingLength(text: string, limit: number, count: (text: string) => number): number {
  if (count(text) <= limit) return text.length;
  const starts = Array.from(new Intl.Segmenter().segment(text), ({ index }) => index);
  let fits = 0;
  let tooLong = starts.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (count(text.slice(0, starts[middle])) <= limit) fits = middle;
    else tooLong = middle;
  }
  return starts[fits] ?? 0;
}
