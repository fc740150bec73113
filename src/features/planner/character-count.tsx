import { messages } from '#messages/en.ts';
import { formatNumber } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';
import { Logo } from '#ui/logo.tsx';

import styles from './character-count.module.css';

const text = messages.composer;
const NEAR = 20;

interface CharacterCountProps {
  id: string;
  /** Characters used, as the networks count them. */
  used: number;
  limits: readonly { network: string; limit: number }[];
}

/**
 * Shows the remaining characters for each network. Not announced while typing; a text that is too long gets an error at the
 * field.
 */
export function CharacterCount({ id, used, limits }: CharacterCountProps) {
  if (limits.length === 0) return null;
  return (
    <div className={styles.counters} id={id}>
      {limits.map(({ network, limit }) => {
        const left = limit - used;
        return (
          <div
            className={clsx(styles.counter, left < 0 && styles.over, left >= 0 && left <= NEAR && styles.near)}
            key={network}
          >
            <Logo network={network} labelled />
            <b>{text.count(formatNumber(used), formatNumber(limit))}</b>
            <small>{left < 0 ? text.tooMany(formatNumber(-left)) : text.left(formatNumber(left))}</small>
          </div>
        );
      })}
    </div>
  );
}
