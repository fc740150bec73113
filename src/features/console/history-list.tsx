import { useId } from 'react';

import { resourceConsole } from '#messages/en/console.ts';
import { formatClock } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';

import styles from './history-list.module.css';
import type { HistoryEntry } from './history.ts';

const text = resourceConsole.history;

/** Enough to tell requests apart; CSS shows one line of it. */
const SHOWN_OF_BODY = 120;

interface HistoryListProps {
  history: readonly HistoryEntry[];
  onAgain: (past: HistoryEntry) => void;
}

/** Lists the requests sent from this page, newest first; a click fills the form with one again. */
export function HistoryList({ history, onAgain }: HistoryListProps) {
  const id = useId();
  return (
    <section className={styles.history} aria-labelledby={id}>
      <h2 id={id}>{text.title}</h2>
      <p className={styles.hint}>{history.length > 0 ? text.hint : text.none}</p>
      <ol>
        {history.map((past) => (
          <li key={past.id}>
            <button
              className={styles.past}
              type="button"
              title={text.again(past.method, past.path || text.root)}
              onClick={() => {
                onAgain(past);
              }}
            >
              <span className={styles.wire}>
                <b>{past.method}</b> <bdi>{past.path || text.root}</bdi>
              </span>
              {past.rest.kind === 'too-long' && <span className={styles.end}>{text.tooLong}</span>}
              {past.rest.kind === 'stored' && past.rest.body !== '' && (
                <bdi className={styles.body}>{past.rest.body.slice(0, SHOWN_OF_BODY)}</bdi>
              )}
              <span className={styles.end}>
                <span className={clsx((past.status ?? 400) < 400 ? styles.ok : styles.bad)}>
                  {past.status ?? text.failed}
                </span>{' '}
                {formatClock(past.at)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
