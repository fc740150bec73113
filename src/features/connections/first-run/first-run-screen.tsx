import { Link } from 'react-router';

import type { Service } from '#connections/services/service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { ConnectButton, ConnectStatus } from '#features/connections/connect-button.tsx';
import { isAvailable, type WorkerState } from '#features/connections/worker-state.ts';
import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';

import styles from './first-run.module.css';
import { PlaceholderWeek } from './placeholder-week.tsx';

const t = messages.firstRun;

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
  const hasBirdsong = isAvailable(birdsong, workerState);
  return (
    <div className={styles.first}>
      <title>{messages.title(t.title)}</title>
      <div className={styles.top}>
        <section>
          <h1>{t.heading}</h1>
          <p className={styles.lede}>{t.lede}</p>
          <div className={styles.action}>
            <ConnectButton
              service={birdsong}
              label={t.connect(birdsong.name)}
              look={{ size: 'l' }}
              workerState={workerState}
              attempt={attempt}
              actions={{ onConnect, onCancel }}
            >
              <ConnectStatus {...{ service: birdsong, workerState, attempt, onConnect }} />
            </ConnectButton>
          </div>
          {hasBirdsong && <p className={styles.note}>{t.note(birdsong.name)}</p>}
          {/* If site data is blocked, no sign-in can be stored for any service. */}
          {!hasBirdsong && workerState !== 'blocked' && addServicePath !== undefined && (
            <div className={styles.other}>
              <p>{t.otherService}</p>
              <ButtonLink to={addServicePath}>{messages.connect.addService}</ButtonLink>
            </div>
          )}
        </section>
        <ol className={styles.steps}>
          {t.steps.map(({ title, text }, index) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>
                {text(birdsong.name)}
                {index === t.steps.length - 1 && (
                  <>
                    {' '}
                    <Link to="/inspector">{t.inspector}</Link>.
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
