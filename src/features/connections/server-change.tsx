import type { SignInFailure } from '#connections/failure.ts';
import { messages } from '#messages/en.ts';
import { host as hostText } from '#messages/en/host.ts';
import { Button } from '#ui/button.tsx';
import { HostName, HostNotes } from '#ui/host-name.tsx';
import { hostOf } from '#ui/host-parts.ts';

import styles from './server-change.module.css';

const text = messages.connections.serverChange;

interface ServerChangeProps {
  service: string;
  change: NonNullable<SignInFailure['change']>;
  /** Whether the deployer has fixed the server, so the user cannot choose another one (DISC-6). */
  isFixed: boolean;
  onApprove: (issuer: string) => void;
}

/** Shows the new sign-in servers that a service names. The app uses one only after the user approves it (DISC-5, UI-1). */
export function ServerChange({ service, change: { from, to }, isFixed, onApprove }: ServerChangeProps) {
  const old = <bdi key="old">{hostOf(from)}</bdi>;
  return (
    <div className={styles.change}>
      <p>{text.text(service, old)}</p>
      <ul className={styles.servers}>
        {to.map((issuer) => (
          <li key={issuer}>
            <div className={styles.server}>
              <HostName url={issuer} />
              <HostNotes issuer={issuer} text={hostText} />
            </div>
            {!isFixed && (
              <Button
                onClick={() => {
                  onApprove(issuer);
                }}
              >
                <span>{text.signInAt(hostOf(issuer))}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p>{isFixed ? text.fixed(old) : `${text.caution} ${text.alone}`}</p>
    </div>
  );
}
