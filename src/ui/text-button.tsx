import type { ComponentProps } from 'react';

import styles from './button.module.css';

/** A button inside a sentence or a card: looks like a link, acts here. */
export function TextButton(props: Omit<ComponentProps<'button'>, 'className'>) {
  return <button type="button" {...props} className={styles.text} />;
}
