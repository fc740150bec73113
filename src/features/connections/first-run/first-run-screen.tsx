import { Link } from 'react-router';

import type { Service } from '#connections/services/service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { ConnectButton } from '#features/connections/connect-button.tsx';
import { canRun, type WorkerState } from '#features/connections/worker-state.ts';
import { messages } from '#messages/en.ts';

import styles from './first-run.module.css';
import { PlaceholderWeek } from './placeholder-week.tsx';

const words = messages.firstRun;

interface FirstRunScreenProps {
  birdsong: Service;
  workerState: WorkerState;
  attempt: SignInAttempt;
  onConnect: (serviceId: string) => void;
  onCancel: () => void;
}

/** What a person sees before anything is connected: what this is, and the one thing to do. */
export function FirstRunScreen({ birdsong, workerState, attempt, onConnect, onCancel }: FirstRunScreenProps) {
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
          {canRun(birdsong, workerState) && <p className={styles.note}>{words.note(birdsong.name)}</p>}
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
