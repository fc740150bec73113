import { useSyncExternalStore } from 'react';

import { messages } from '#messages/en.ts';
import type { Observable } from '#storage/observable.ts';
import type { StorageState } from '#storage/storage-health.ts';
import { Notice } from '#ui/notice.tsx';

import styles from './storage-notice.module.css';

/** Says that this browser keeps nothing, wherever one is: what is written then lasts as long as the tab (STO-6). */
export function StorageNotice({ storage }: { storage: Observable<StorageState> }) {
  const state = useSyncExternalStore(storage.subscribe, storage.get);
  return (
    <div role="status">
      {state !== 'kept' && (
        <div className={styles.notice}>
          <Notice tone="bad" icon="alert" title={messages.shell.storage[state].title}>
            {messages.shell.storage[state].text}
          </Notice>
        </div>
      )}
    </div>
  );
}
