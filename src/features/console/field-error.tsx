import { Icon } from '#ui/icon.tsx';

import styles from './request-form.module.css';

/** Shows what is wrong with a field next to it; announced when it appears. */
export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  return (
    <div role="status" id={id}>
      {text !== undefined && (
        <p className={styles.problem}>
          <Icon name="alert" small />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
