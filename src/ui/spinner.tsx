import { clsx } from './clsx.ts';
import styles from './spinner.module.css';

/** The ring of something at work; the words beside it say what. */
export function Spinner({ large = false }: { large?: boolean }) {
  return <span className={clsx(styles.spinner, large && styles.large)} aria-hidden="true" />;
}
