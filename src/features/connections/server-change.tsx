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
  /** Whether the deployer has fixed the server, so the user cannot choose another one (DISC-6). */
  isFixed: boolean;
  onApprove: (issuer: string) => void;
}

/** Shows the new sign-in servers that a service names. The app uses one only after the user approves it (DISC-5, UI-1). */
export function ServerChange({ service, change: { from, to }, isFixed, onApprove }: ServerChangeProps) {
  const old = <bdi key="old">{hostOf(from)}</bdi>;
  return (
    <div className={styles.change}>
      <p>{words.text(service, old)}</p>
      <ul className={styles.servers}>
        {to.map((issuer) => (
          <li key={issuer}>
            <div className={styles.server}>
              <HostName url={issuer} />
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
