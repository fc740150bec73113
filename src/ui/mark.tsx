import { classes } from './classes.ts';
import styles from './mark.module.css';

const DRAWINGS: Partial<Record<string, string>> = {
  birdsong:
    'M1.5 9.3C1.5 5.7 4.2 3.2 7.8 3.2c2.1 0 3.6 1 4.3 2.6L15 6.8l-2.7 1.3c-.4 3.2-2.7 5.2-5.7 5.2H2.5l1.7-1.9C2.5 11.2 1.5 10.4 1.5 9.3z',
};

interface MarkProps {
  /** The network's name as shown; one without a drawing gets its first letter. */
  network: string;
  large?: boolean;
  /** Where the name does not stand beside it, the mark says it. */
  labelled?: boolean;
}

/** The small mark of a network, in ink. */
export function Mark({ network, large = false, labelled = false }: MarkProps) {
  const drawing = DRAWINGS[network.toLowerCase()];
  return (
    <span
      className={classes(styles.mark, large && styles.large)}
      {...(labelled ? { role: 'img', 'aria-label': network } : { 'aria-hidden': true })}
    >
      {drawing ? (
        <svg viewBox="0 0 16 16" focusable="false">
          <path d={drawing} />
        </svg>
      ) : (
        network.slice(0, 1).toUpperCase()
      )}
    </span>
  );
}
