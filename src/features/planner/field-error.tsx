import { Icon } from '#ui/icon.tsx';

import styles from './field-error.module.css';

/** Shows what is wrong with a field next to it; announced when it appears. */
export function FieldError({ id, text }: { id?: string; text: string | undefined }) {
  return (
    <div role="status" id={id}>
      {text !== undefined && (
        <p className={styles.problem}>
          <Icon name="alert" small />
          {text}
        </p>
      )}
    </div>
  );
}
