import { messages } from '#messages/en.ts';
import { formatNumber } from '#messages/format.ts';
import { classes } from '#ui/classes.ts';
import { Mark } from '#ui/mark.tsx';

import styles from './text-counter.module.css';

const words = messages.composer;
const NEAR = 20;

interface TextCounterProps {
  id: string;
  /** Characters used, as the networks count them. */
  used: number;
  limits: readonly { network: string; limit: number }[];
}

/** How much room is left on each network. Not announced while typing; what is too long is said beside the field. */
export function TextCounter({ id, used, limits }: TextCounterProps) {
  if (limits.length === 0) return null;
  return (
    <div className={styles.counters} id={id}>
      {limits.map(({ network, limit }) => {
        const left = limit - used;
        return (
          <div
            className={classes(styles.counter, left < 0 && styles.over, left >= 0 && left <= NEAR && styles.near)}
            key={network}
          >
            <Mark network={network} labelled />
            <b>{words.count(formatNumber(used), formatNumber(limit))}</b>
            <small>{left < 0 ? words.tooMany(formatNumber(-left)) : words.left(formatNumber(left))}</small>
          </div>
        );
      })}
    </div>
  );
}
