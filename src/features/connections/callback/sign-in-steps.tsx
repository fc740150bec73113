import type { SignInProgress, SignInStage } from '#connections/sign-in/sign-in-outcome.ts';
import { messages } from '#messages/en.ts';
import { formatMilliseconds } from '#messages/format.ts';
import { Icon } from '#ui/icon.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { useNow } from '#ui/use-now.ts';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './sign-in-steps.module.css';

const text = messages.callback;
const ORDER: readonly SignInStage[] = ['received', 'matched', 'exchanging', 'identifying'];

/** Shows the four steps of a returning sign-in with their durations; the last one reached is in progress. */
export function SignInSteps({ stages }: { stages: Extract<SignInProgress, { kind: 'working' }>['stages'] }) {
  const now = useNow();
  const current = stages.at(-1)?.stage;
  return (
    <>
      <ol className={styles.steps}>
        {ORDER.map((stage, index) => {
          const reached = stages.find((entry) => entry.stage === stage);
          const following = stages.find((entry) => entry.stage === ORDER[index + 1]);
          if (!reached) {
            return (
              <li className={styles.next} key={stage}>
                <span className={styles.dot} aria-hidden="true" />
                <span>{text.stages[stage]}</span>
              </li>
            );
          }
          // Receiving and matching the response are instant; the requests after them take time.
          const isRunning = following === undefined && index >= 2;
          const began = index >= 2 ? reached.at : (stages[0]?.at ?? reached.at);
          const ended = index >= 2 ? (following?.at ?? now) : reached.at;
          return (
            <li className={isRunning ? styles.now : undefined} key={stage}>
              {isRunning ? <Spinner /> : <Icon name="check" />}
              <span>
                <VisuallyHidden>{isRunning ? text.stageNow : text.stageDone} </VisuallyHidden>
                {text.stages[stage]}
              </span>
              <span className={styles.time}>
                {(!isRunning || ended - began >= 1_000) && formatMilliseconds(Math.max(0, ended - began))}
              </span>
            </li>
          );
        })}
      </ol>
      <VisuallyHidden>
        <span role="status">{current && text.stages[current]}</span>
      </VisuallyHidden>
    </>
  );
}
