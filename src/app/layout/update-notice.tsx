import { useSyncExternalStore } from 'react';

import type { AppUpdate } from '#app/service-worker/app-update.ts';
import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';

import styles from './storage-notice.module.css';

/** Offers a newer version of the app on every screen. It is never activated automatically, so as not to interrupt the user. */
export function UpdateNotice({ update }: { update: AppUpdate }) {
  const state = useSyncExternalStore(update.state.subscribe, update.state.get);
  const text = messages.shell.update;
  return (
    <div role="status">
      {state !== 'none' && (
        <div className={styles.notice}>
          <Callout
            icon="refresh"
            title={text[state].title}
            action={
              <Button variant="primary" onClick={update.apply}>
                {text.reload}
              </Button>
            }
          >
            {text[state].text}
          </Callout>
        </div>
      )}
    </div>
  );
}
