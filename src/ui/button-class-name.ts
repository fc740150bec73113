import styles from './button.module.css';
import { clsx } from './clsx.ts';

export interface ButtonLook {
  variant?: 'primary' | 'plain' | 'quiet' | 'danger' | 'danger-solid';
  size?: 's' | 'm' | 'l';
  /** Only an icon stands in it; its words go into `aria-label`. */
  iconOnly?: boolean;
}

/** The class names of a button, for what is a link by nature as well. */
export function buttonClassName({ variant = 'plain', size = 'm', iconOnly = false }: ButtonLook): string {
  return clsx(
    styles.button,
    variant === 'danger' ? clsx(styles.quiet, styles.danger) : styles[variant === 'danger-solid' ? 'solid' : variant],
    size === 's' && styles.small,
    size === 'l' && styles.large,
    iconOnly && styles.iconOnly,
  );
}
