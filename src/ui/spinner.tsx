import { clsx } from './clsx.ts';
import styles from './spinner.module.css';

/** Shows that something is in progress; the text next to it says what. */
export function Spinner({ large = false }: { large?: boolean }) {
  return <span className={clsx(styles.spinner, large && styles.large)} aria-hidden="true" />;
}
