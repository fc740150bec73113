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
import type { SignInWish } from './post-actions.tsx';
import { PostCard } from './post-card.tsx';
import { groupPosts } from './post-groups.ts';
import type { Counts } from './post-status.tsx';
import { type SilentConnection, StaleStatistics } from './stale-statistics.tsx';
import { type Opener, useReturnFocus } from './use-return-focus.ts';
import { useTryAgain } from './use-try-again.ts';

const words = messages.planner;

interface PlannerScreenProps {
  /** Undefined while loading. */
  posts: readonly Post[] | undefined;
  connections: readonly ConnectionView[];
  /** By the id that the network gave the post. */
  statistics: ReadonlyMap<string, Counts>;
  /** Connections without current `statistics`. */
  silent: readonly SilentConnection[];
  notice?: ReactNode;
  /** Where drafts are stored. */
  keptIn: 'device' | 'tab';
  /** What opened the composer that has just been closed. */
  opener?: Opener | undefined;
  onNew: () => void;
  /** Called only for drafts: other posts cannot be edited. */
  onOpen: (postId: string) => void;
  /** Resolves once the post has been retried. */
  onTryAgain: (postId: string) => Promise<unknown>;
  onSignIn: (wish: SignInWish) => void;
  /** Called for a post that no network accepted, to edit it again. */
  onEdit: (postId: string) => void;
}

/** Shows the posts by day: today, upcoming, drafts, earlier. */
export function PlannerScreen(props: PlannerScreenProps) {
  const { posts, connections, statistics, silent, notice, opener, onNew, onOpen, onSignIn, onEdit } = props;
  const now = useNow(30_000);
  // While the posts are loading, the page has just been loaded, so leave the focus to the browser.
  const { newPostRef, cardRef } = useReturnFocus(posts && opener);
  const { tried, tryAgain, triedCardRef, announcement } = useTryAgain(posts, connections, props.onTryAgain);
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
          statistics={statistics}
          now={now}
          onOpen={onOpen}
          onTryAgain={tryAgain}
          onSignIn={onSignIn}
          onEdit={onEdit}
          ref={refOf(post.id)}
        />
      ))}
    </div>
  );
  const newPost = (
    <Button ref={newPostRef} variant="primary" aria-keyshortcuts={hasLetterKeys ? 'C' : undefined} onClick={onNew}>
      <Icon name="plus" />
      {words.newPost}
    </Button>
  );
  const groups = posts && groupPosts(posts, now);
  return (
    <Page
      title={words.title}
      actions={posts && posts.length > 0 ? <div className={styles.new}>{newPost}</div> : undefined}
    >
      <title>{messages.title(words.title)}</title>
      {notice !== undefined && <div className={styles.notice}>{notice}</div>}
      <StaleStatistics silent={silent} onSignIn={onSignIn} />
      {posts && (
        <div role="status">
          <VisuallyHidden>{announcement}</VisuallyHidden>
        </div>
      )}
      {!posts && <Skeleton count={3} label={words.loading} />}
      {posts?.length === 0 && (
        <EmptyState title={words.empty.title} text={words.empty.text[props.keptIn]}>
          {newPost}
        </EmptyState>
      )}
      {groups && posts.length > 0 && (
        <>
          <Group title={words.today}>
            <DayRow start={now} now={now}>
              {groups.today.length > 0 ? cards(groups.today) : <p className={styles.none}>{words.nothingToday}</p>}
            </DayRow>
          </Group>
          {groups.upcoming.length > 0 && (
            <Group title={words.upcoming}>
              {groups.upcoming.map((day) => (
                <DayRow start={day.start} now={now} key={day.start}>
                  {cards(day.posts)}
                </DayRow>
              ))}
            </Group>
          )}
          {groups.drafts.length > 0 && (
            <Group title={words.drafts}>
              <div className={styles.unplanned}>{cards(groups.drafts)}</div>
            </Group>
          )}
          {groups.earlier.length > 0 && (
            <Group title={words.earlier}>
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
