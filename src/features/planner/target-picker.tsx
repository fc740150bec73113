import { accountLabel } from '#connections/store/account-label.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';
import { Logo } from '#ui/logo.tsx';

import styles from './target-picker.module.css';

const text = messages.composer;

interface TargetPickerProps {
  connections: readonly ConnectionView[];
  targets: readonly string[];
  canPost: (connection: ConnectionView) => boolean;
  onChange: (targets: string[]) => void;
}

/** Shows a checkbox for each connection; one that can't post, as far as the app knows, says so. */
export function TargetPicker({ connections, targets, canPost, onChange }: TargetPickerProps) {
  return (
    <div className={styles.networks}>
      {connections.map((connection) => {
        const { id, service, status, identity } = connection;
        const account = accountLabel(identity);
        const obstacle =
          status.kind === 'needs-sign-in' ? text.needsSignIn : !canPost(connection) && text.postingNotAllowed;
        return (
          <label className={styles.network} key={id}>
            <input
              type="checkbox"
              checked={targets.includes(id)}
              onChange={({ target }) => {
                onChange(target.checked ? [...targets, id] : targets.filter((other) => other !== id));
              }}
            />
            <span className={styles.face}>
              <Logo network={service.name} large />
              <b>{service.name}</b>
              <small className={clsx(obstacle && styles.warn)}>
                <bdi>{account}</bdi>
                {obstacle && <span>{account === '' ? obstacle : `· ${obstacle}`}</span>}
              </small>
              <span className={styles.tick}>
                <Icon name="check" />
              </span>
            </span>
          </label>
        );
      })}
    </div>
  );
}
