import { useId } from 'react';

import { resourceConsole } from '#messages/en/console.ts';
import { formatClock } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';

import styles from './history-list.module.css';
import type { HistoryEntry } from './history.ts';

const words = resourceConsole.history;

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
      <h2 id={id}>{words.title}</h2>
      <p className={styles.hint}>{history.length > 0 ? words.hint : words.none}</p>
      <ol>
        {history.map((past) => (
          <li key={past.id}>
            <button
              className={styles.past}
              type="button"
              title={words.again(past.method, past.path || words.root)}
              onClick={() => {
                onAgain(past);
              }}
            >
              <span className={styles.wire}>
                <b>{past.method}</b> <bdi>{past.path || words.root}</bdi>
              </span>
              {past.rest.kind === 'too-long' && <span className={styles.end}>{words.tooLong}</span>}
              {past.rest.kind === 'stored' && past.rest.body !== '' && (
                <bdi className={styles.body}>{past.rest.body.slice(0, SHOWN_OF_BODY)}</bdi>
              )}
              <span className={styles.end}>
                <span className={clsx((past.status ?? 400) < 400 ? styles.ok : styles.bad)}>
                  {past.status ?? words.failed}
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
