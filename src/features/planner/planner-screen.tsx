import type { ReactNode } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { daysAway } from '#messages/calendar.ts';
import { messages } from '#messages/en.ts';
import { dayParts, formatDay } from '#messages/format.ts';
import type { Post } from '#planning/post.ts';
import { Button } from '#ui/button.tsx';
import { clsx } from '#ui/clsx.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Icon } from '#ui/icon.tsx';
import { Page } from '#ui/page.tsx';
import { useShortcuts } from '#ui/shortcuts.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { useNow } from '#ui/use-now.ts';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { formatMonth } from './planned-day.ts';
import styles from './planner-screen.module.css';
import { type CardActions, PostCard } from './post-card.tsx';
import { groupPosts } from './post-groups.ts';
import type { Counts } from './post-status.tsx';
import { type SilentConnection, StaleStatistics } from './stale-statistics.tsx';
import { type Opener, useReturnFocus } from './use-return-focus.ts';
import { useTryAgain } from './use-try-again.ts';

const text = messages.planner;

interface PlannerActions extends Omit<CardActions, 'onTryAgain'> {
  onNew: () => void;
  /** Resolves once the post has been retried. */
  onTryAgain: (postId: string) => Promise<unknown>;
}

interface PlannerScreenProps {
  /** Undefined while loading. */
  posts: readonly Post[] | undefined;
  connections: readonly ConnectionView[];
  /** The counts by the id that the network gave the post, and the connections without current ones. */
  statistics: { counts: ReadonlyMap<string, Counts>; silent: readonly SilentConnection[] };
  notice?: ReactNode;
  /** Where drafts are stored. */
  storedIn: 'device' | 'tab';
  /** What opened the composer that has just been closed. */
  opener?: Opener | undefined;
  actions: PlannerActions;
}

/** Shows the posts by day: today, upcoming, drafts, earlier. */
export function PlannerScreen({
  posts,
  connections,
  statistics,
  notice,
  storedIn,
  opener,
  actions,
}: PlannerScreenProps) {
  const { onNew, onSignIn } = actions;
  const now = useNow(30_000);
  // While the posts are loading, the page has just been loaded, so leave the focus to the browser.
  const { newPostRef, cardRef } = useReturnFocus(posts && opener);
  const { tried, tryAgain, triedCardRef, announcement } = useTryAgain(posts, connections, actions.onTryAgain);
  const hasLetterKeys = useShortcuts({ c: onNew });

  const refOf = (postId: string) => {
    if (tried === postId) return triedCardRef;
    return opener?.kind === 'card' && opener.postId === postId ? cardRef : undefined;
  };
  const cards = (ofGroup: readonly Post[]) => (
    <div className={styles.cards}>
      {ofGroup.map((post) => (
        <PostCard
          key={post.id}
          post={post}
          connections={connections}
          statistics={statistics.counts}
          now={now}
          actions={{ ...actions, onTryAgain: tryAgain }}
          ref={refOf(post.id)}
        />
      ))}
    </div>
  );
  const newPost = (
    <Button ref={newPostRef} variant="primary" aria-keyshortcuts={hasLetterKeys ? 'C' : undefined} onClick={onNew}>
      <Icon name="plus" />
      {text.newPost}
    </Button>
  );
  const groups = posts && groupPosts(posts, now);
  return (
    <Page
      title={text.title}
      actions={posts && posts.length > 0 ? <div className={styles.new}>{newPost}</div> : undefined}
    >
      <title>{messages.title(text.title)}</title>
      {notice !== undefined && <div className={styles.notice}>{notice}</div>}
      <StaleStatistics silent={statistics.silent} onSignIn={onSignIn} />
      {posts && (
        <div role="status">
          <VisuallyHidden>{announcement}</VisuallyHidden>
        </div>
      )}
      {!posts && <Skeleton count={3} label={text.loading} />}
      {posts?.length === 0 && (
        <EmptyState title={text.empty.title} text={text.empty.text[storedIn]}>
          {newPost}
        </EmptyState>
      )}
      {groups && posts.length > 0 && (
        <>
          <Group title={text.today}>
            <DayRow start={now} now={now}>
              {groups.today.length > 0 ? cards(groups.today) : <p className={styles.none}>{text.nothingToday}</p>}
            </DayRow>
          </Group>
          {groups.upcoming.length > 0 && (
            <Group title={text.upcoming}>
              {groups.upcoming.map((day) => (
                <DayRow start={day.start} now={now} key={day.start}>
                  {cards(day.posts)}
                </DayRow>
              ))}
            </Group>
          )}
          {groups.drafts.length > 0 && (
            <Group title={text.drafts}>
              <div className={styles.unplanned}>{cards(groups.drafts)}</div>
            </Group>
          )}
          {groups.earlier.length > 0 && (
            <Group title={text.earlier}>
              {groups.earlier.map((day) => (
                <DayRow start={day.start} now={now} key={day.start}>
                  {cards(day.posts)}
                </DayRow>
              ))}
            </Group>
          )}
          <div className={styles.bottom} />
        </>
      )}
    </Page>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function DayRow({ start, now, children }: { start: number; now: number; children: ReactNode }) {
  const { number, weekday } = dayParts(start);
  const away = daysAway(start, now);
  return (
    <div className={styles.day}>
      <h3 className={clsx(styles.date, away === 0 && styles.isToday, away < 0 && styles.isPast)}>
        <b>{number}</b> {Math.abs(away) <= 1 ? `${weekday} · ${formatDay(start, now)}` : weekday}{' '}
        <small>{formatMonth(start, now)}</small>
      </h3>
      {children}
    </div>
  );
}
