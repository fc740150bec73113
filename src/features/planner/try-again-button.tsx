import { useId } from 'react';

import type { WaitCause } from '#connections/store/wait-cause.ts';
import { messages } from '#messages/en.ts';
import { formatDuration } from '#messages/format.ts';
import { TextButton } from '#ui/text-button.tsx';
import { useNow } from '#ui/use-now.ts';

import styles from './post-card.module.css';

const text = messages.planner;

interface TryAgainButtonProps {
  /** The network to wait for: its name, until when (in milliseconds since 1970), and why. */
  wait: { until: number; name: string; because: WaitCause | undefined } | undefined;
  onClick: () => void;
}

/** Shows the retry button. While the network has to be waited for, the button does nothing, says why, and stays focusable. */
export function TryAgainButton({ wait, onClick }: TryAgainButtonProps) {
  const id = useId();
  const now = useNow(1_000);
  const waiting = wait && wait.until > now ? wait : undefined;
  return (
    <>
      <TextButton
        aria-disabled={waiting !== undefined}
        aria-describedby={waiting && id}
        onClick={waiting ? undefined : onClick}
      >
        {text.tryAgain}
      </TextButton>
      {waiting && (
        <span className={styles.wait} id={id}>
          {text.wait[kindOf(waiting.because)](waiting.name, formatDuration(waiting.until - now))}
        </span>
      )}
    </>
  );
}

function kindOf(because: WaitCause | undefined): keyof typeof text.wait {
  if (because === 'rate-limited') return 'asked';
  return because === 'unreachable' || because === 'timed-out' ? 'network' : 'recovery';
}
