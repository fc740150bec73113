import { Link } from 'react-router';

import type { Service } from '#connections/services/service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { ConnectButton } from '#features/connections/connect-button.tsx';
import { canRun, type WorkerState } from '#features/connections/worker-state.ts';
import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';

import styles from './first-run.module.css';
import { PlaceholderWeek } from './placeholder-week.tsx';

const words = messages.firstRun;

interface FirstRunScreenProps {
  birdsong: Service;
  workerState: WorkerState;
  attempt: SignInAttempt;
  /** The path for adding a service by its address; absent if the deployer disables that. */
  addServicePath?: string | undefined;
  onConnect: (serviceId: string) => void;
  onCancel: () => void;
}

/** Shows what the app is and how to start, before anything is connected. */
export function FirstRunScreen(props: FirstRunScreenProps) {
  const { birdsong, workerState, attempt, addServicePath, onConnect, onCancel } = props;
  const hasBirdsong = canRun(birdsong, workerState);
  return (
    <div className={styles.first}>
      <title>{messages.title(words.title)}</title>
      <div className={styles.top}>
        <section>
          <h1>{words.heading}</h1>
          <p className={styles.lede}>{words.lede}</p>
          <div className={styles.action}>
            <ConnectButton
              service={birdsong}
              label={words.connect(birdsong.name)}
              size="l"
              workerState={workerState}
              attempt={attempt}
              onConnect={onConnect}
              onCancel={onCancel}
            />
          </div>
          {hasBirdsong && <p className={styles.note}>{words.note(birdsong.name)}</p>}
          {/* If site data is blocked, no sign-in can be stored for any service. */}
          {!hasBirdsong && workerState !== 'blocked' && addServicePath !== undefined && (
            <div className={styles.other}>
              <p>{words.otherService}</p>
              <ButtonLink to={addServicePath}>{messages.connect.addService}</ButtonLink>
            </div>
          )}
        </section>
        <ol className={styles.steps}>
          {words.steps.map(({ title, text }, place) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>
                {text(birdsong.name)}
                {place === words.steps.length - 1 && (
                  <>
                    {' '}
                    <Link to="/inspector">{words.inspector}</Link>.
                  </>
                )}
              </p>
            </li>
          ))}
        </ol>
      </div>
      <PlaceholderWeek />
    </div>
  );
}
