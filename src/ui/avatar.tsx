import styles from './avatar.module.css';
import { clsx } from './clsx.ts';
import { Logo } from './logo.tsx';

interface AvatarProps {
  /** The name of the user or brand, from which the initials are taken. */
  name: string;
  /** The network whose logo is shown on the avatar's edge. */
  network?: string;
  /** The URL of the network's icon, if it has one. */
  icon?: string | undefined;
  small?: boolean;
}

/** Shows the initials of a user or a brand. Hidden from screen readers, because the name is shown next to it. */
export function Avatar({ name, network, icon, small = false }: AvatarProps) {
  return (
    <span className={clsx(styles.avatar, small && styles.small)} aria-hidden="true">
      {initialsOf(name)}
      {network !== undefined && (
        <span className={styles.mark}>
          <Logo network={network} icon={icon} />
        </span>
      )}
    </span>
  );
}

function initialsOf(name: string): string {
  return name
    .split(/[\s._-]+/u)
    .flatMap((word) => /[\p{L}\p{N}]/u.exec(word) ?? [])
    .slice(0, 2)
    .join('')
    .toUpperCase();
}
