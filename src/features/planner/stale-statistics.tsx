import { accountLabel } from '#connections/store/account-label.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { TextButton } from '#ui/text-button.tsx';

import type { ReconnectRequest } from './post-actions.tsx';
import styles from './stale-statistics.module.css';

const text = messages.planner;

/** A connection whose statistics cannot be fetched until the user signs in. */
export interface SilentConnection {
  connection: ConnectionView;
  /** Whether earlier statistics are available for all of its posts. */
  isKnownFromBefore: boolean;
}

interface StaleStatisticsProps {
  silent: readonly SilentConnection[];
  onSignIn: (request: ReconnectRequest) => void;
}

/** Shows which statistics are missing or outdated, and why. */
export function StaleStatistics({ silent, onSignIn }: StaleStatisticsProps) {
  return silent.map(({ connection, isKnownFromBefore }) => {
    const name = messages.status.named(connection.service.name, accountLabel(connection.identity));
    return (
      <p className={styles.line} key={connection.id}>
        {(isKnownFromBefore ? text.numbersFromBefore : text.numbersNotShown)(name)}{' '}
        <TextButton onClick={() => onSignIn({ connectionId: connection.id })}>{text.reconnect}</TextButton>
      </p>
    );
  });
}
