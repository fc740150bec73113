import { Icon } from '#ui/icon.tsx';

import styles from './request-form.module.css';

/** What is wrong with a field, beside it; read out when it appears. */
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
