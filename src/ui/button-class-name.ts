import styles from './button.module.css';
import { clsx } from './clsx.ts';

export interface ButtonLook {
  variant?: 'primary' | 'plain' | 'quiet' | 'danger' | 'danger-solid' | undefined;
  size?: 's' | 'm' | 'l' | undefined;
  /** True for a button that shows only an icon; its label goes into `aria-label`. */
  iconOnly?: boolean | undefined;
}

/** Returns the class names of a button, also for links that look like one. */
export function buttonClassName({ variant = 'plain', size = 'm', iconOnly = false }: ButtonLook): string {
  return clsx(
    styles.button,
    variant === 'danger' ? clsx(styles.quiet, styles.danger) : styles[variant === 'danger-solid' ? 'solid' : variant],
    size === 's' && styles.small,
    size === 'l' && styles.large,
    iconOnly && styles.iconOnly,
  );
}
