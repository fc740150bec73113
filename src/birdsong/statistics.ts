export interface Statistics {
  readonly likes: number;
  readonly reposts: number;
  readonly replies: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Simulates a post's statistics from its id and age alone. A few reactions arrive in the first minutes, so that a demo has
 * something to show; the rest arrive over days. The counts never decrease.
 *
 * @param id the post's id, which determines the final counts
 * @param age milliseconds since it was published; negative before that, when all counts are 0
 * @returns the counts
 */
export function statisticsAt(id: string, age: number): Statistics {
  if (age < 0) return { likes: 0, reposts: 0, replies: 0 };
  const reach = (soon: number, inTheEnd: number): number =>
    Math.floor(soon * grown(age, 4 * MINUTE) + inTheEnd * grown(age, 1.5 * DAY));
  return {
    likes: reach(between(id, 'likes', 6, 24), between(id, 'likes later', 40, 260)),
    reposts: reach(between(id, 'reposts', 2, 6), between(id, 'reposts later', 8, 60)),
    replies: reach(between(id, 'replies', 1, 4), between(id, 'replies later', 4, 30)),
  };
}

/** Returns a fraction that grows from 0 towards 1, mostly within the first few spans. */
function grown(age: number, span: number): number {
  return 1 - Math.exp(-age / span);
}

/** Returns a number in the range, derived deterministically from the id and the name of the statistic. */
function between(id: string, what: string, low: number, high: number): number {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (const character of `${what} ${id}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return low + (hash % (high - low + 1));
}
