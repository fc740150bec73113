import type { Permission } from '#connections/services/service.ts';
import { messages } from '#messages/en.ts';
import { Icon } from '#ui/icon.tsx';
import { TextButton } from '#ui/text-button.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './permission-list.module.css';

const text = messages.connections;

interface PermissionListProps {
  permissions: readonly Permission[];
  /** The granted scopes. */
  scope: readonly string[];
  /** The account that granted them. */
  account: string;
  onAllow: (scopes: readonly string[]) => void;
}

/** Lists which permissions the app has and lacks, with a button to request each missing one (M-9). */
export function PermissionList({ permissions, scope, account, onAllow }: PermissionListProps) {
  return (
    <ul className={styles.permissions} aria-label={text.permissions}>
      {permissions.map(({ label, scopes }) =>
        scopes.every((name) => scope.includes(name)) ? (
          <li key={label}>
            <Icon name="check" small />
            <span>{label}</span>
          </li>
        ) : (
          <li className={styles.not} key={label}>
            <Icon name="minus" small />
            <span>
              <VisuallyHidden>{text.notAllowed} </VisuallyHidden>
              {label}{' '}
              <TextButton
                aria-label={text.allowFor(label, account)}
                onClick={() => {
                  onAllow(scopes);
                }}
              >
                {text.allow}
              </TextButton>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
