import { useSyncExternalStore } from 'react';

import type { Observable } from '#lib/observable.ts';
import { messages } from '#messages/en.ts';
import type { StorageState } from '#storage/storage-health.ts';
import { Callout } from '#ui/callout.tsx';

import styles from './storage-notice.module.css';

interface StorageNoticeProps {
  storage: Observable<StorageState>;
  wasCleared: Observable<boolean>;
}

/**
 * Warns on every screen that this browser stores nothing, so that data lasts only as long as the tab, or that it has evicted
 * stored data (STO-6).
 */
export function StorageNotice({ storage, wasCleared }: StorageNoticeProps) {
  const state = useSyncExternalStore(storage.subscribe, storage.get);
  const isCleared = useSyncExternalStore(wasCleared.subscribe, wasCleared.get);
  return (
    <div role="status">
      {state === 'ok' && isCleared && (
        <div className={styles.notice}>
          <Callout tone="warn" icon="alert" title={messages.shell.cleared.title}>
            {messages.shell.cleared.text}
          </Callout>
        </div>
      )}
      {state !== 'ok' && (
        <div className={styles.notice}>
          <Callout tone="bad" icon="alert" title={messages.shell.storage[state].title}>
            {messages.shell.storage[state].text}
          </Callout>
        </div>
      )}
    </div>
  );
}
