import { daysAway, startOfDay } from '#messages/calendar.ts';
import { type Post, statusOf, timeOf } from '#planning/post.ts';

/** The posts of one calendar day, in chronological order. */
export interface Day {
  /** The start of the day. */
  start: number;
  posts: readonly Post[];
}

export interface PostGroups {
  today: readonly Post[];
  /** Nearest day first. */
  upcoming: readonly Day[];
  /** Most recently edited first. */
  drafts: readonly Post[];
  /** Latest day first. */
  earlier: readonly Day[];
}

/** Groups posts the way users look for them: today, upcoming, drafts, earlier. */
export function groupPosts(posts: readonly Post[], now: number): PostGroups {
  const drafts = posts.filter((post) => statusOf(post) === 'draft');
  const settled = posts.filter((post) => statusOf(post) !== 'draft').toSorted((a, b) => timeOf(a) - timeOf(b));
  const days = new Map<number, Post[]>();
  for (const post of settled) {
    const start = startOfDay(timeOf(post));
    const day = days.get(start);
    if (day) day.push(post);
    else days.set(start, [post]);
  }
  const all = [...days].map(([start, ofDay]) => ({ start, posts: ofDay }));
  return {
    today: all.find(({ start }) => daysAway(start, now) === 0)?.posts ?? [],
    upcoming: all.filter(({ start }) => daysAway(start, now) > 0),
    drafts: drafts.toSorted((a, b) => b.updatedAt - a.updatedAt),
    earlier: all.filter(({ start }) => daysAway(start, now) < 0).toReversed(),
  };
}
