/**
 * Where a text must be cut to fit, at a whole character as a person sees it.
 * @param count how the network counts; a longer text never counts less
 * @returns the length of what fits, in UTF-16 units; the whole length when all fits
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
