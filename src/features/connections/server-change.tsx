import type { SignInFailure } from '#connections/failure.ts';
import { messages } from '#messages/en.ts';
import { host as hostWords } from '#messages/en/host.ts';
import { Button } from '#ui/button.tsx';
import { HostName, HostNotes } from '#ui/host-name.tsx';
import { hostOf } from '#ui/host-parts.ts';

import styles from './server-change.module.css';

const words = messages.connections.serverChange;

interface ServerChangeProps {
  service: string;
  change: NonNullable<SignInFailure['change']>;
  /** Whether nobody here may choose another server: the deployer has (DISC-6). */
  isFixed: boolean;
  onApprove: (issuer: string) => void;
}

/** A service that has come to name other sign-in servers: which, and the click without which nobody goes there (DISC-5, UI-1). */
export function ServerChange({ service, change: { from, to }, isFixed, onApprove }: ServerChangeProps) {
  const old = <bdi key="old">{hostOf(from)}</bdi>;
  return (
    <div className={styles.change}>
      <p>{words.text(service, old)}</p>
      <ul className={styles.servers}>
        {to.map((issuer) => (
          <li key={issuer}>
            <div className={styles.server}>
              <HostName address={issuer} />
              <HostNotes issuer={issuer} words={hostWords} />
            </div>
            {!isFixed && (
              <Button
                onClick={() => {
                  onApprove(issuer);
                }}
              >
                <span>{words.signInAt(hostOf(issuer))}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p>{isFixed ? words.fixed(old) : `${words.caution} ${words.alone}`}</p>
    </div>
  );
}
