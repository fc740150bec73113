import styles from './skeleton.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

/** Placeholder bars for content that is loading. They appear after 300 ms. */
export function Skeleton({ count, label }: { count: number; label: string }) {
  return (
    <div className={styles.skeleton} role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: count }, (_, index) => (
        <span className={styles.bone} key={index} />
      ))}
    </div>
  );
}
