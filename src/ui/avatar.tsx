import styles from './avatar.module.css';
import { clsx } from './clsx.ts';
import { Logo } from './logo.tsx';

interface AvatarProps {
  /** Whom it stands for; the initials come from here. */
  name: string;
  /** The network whose mark sits on its edge. */
  network?: string;
  /** The address of the network's picture, where it has one. */
  icon?: string | undefined;
  small?: boolean;
}

/** The initials of a person or a brand. The name stands beside it, so it is not read out. */
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
