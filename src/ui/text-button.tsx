import type { ComponentProps } from 'react';

import styles from './button.module.css';

/** A button inside a sentence or a card that looks like a link but acts on the page. */
export function TextButton(props: Omit<ComponentProps<'button'>, 'className'>) {
  return <button type="button" {...props} className={styles.text} />;
}
