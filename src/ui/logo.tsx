import { useState } from 'react';

import { clsx } from './clsx.ts';
import styles from './logo.module.css';

const DRAWINGS: Partial<Record<string, string>> = {
  birdsong:
    'M1.5 9.3C1.5 5.7 4.2 3.2 7.8 3.2c2.1 0 3.6 1 4.3 2.6L15 6.8l-2.7 1.3c-.4 3.2-2.7 5.2-5.7 5.2H2.5l1.7-1.9C2.5 11.2 1.5 10.4 1.5 9.3z',
};

interface LogoProps {
  /** The network's display name; its first letter is shown if there is no built-in logo. */
  network: string;
  /** The URL of the network's icon, served with the app; it replaces the letter once it has loaded. */
  icon?: string | undefined;
  large?: boolean;
  /** True if the name is not shown next to the logo, so the logo needs it as its accessible name. */
  labelled?: boolean;
}

/** Shows a network's small logo: monochrome, or the icon that the deployer configured. */
export function Logo({ network, icon, large = false, labelled = false }: LogoProps) {
  const drawing = DRAWINGS[network.toLowerCase()];
  /** The URL of the icon that has loaded; if it fails to load, the letter stays. */
  const [loaded, setLoaded] = useState<string>();
  const isLoaded = icon !== undefined && loaded === icon;
  return (
    <span
      className={clsx(styles.mark, large && styles.large, isLoaded && styles.pictured)}
      {...(labelled ? { role: 'img', 'aria-label': network } : { 'aria-hidden': true })}
    >
      {!isLoaded && (drawing ? <Drawing path={drawing} /> : network.slice(0, 1).toUpperCase())}
      {icon !== undefined && (
        <img src={icon} alt="" draggable={false} onLoad={() => setLoaded(icon)} onError={() => setLoaded(undefined)} />
      )}
    </span>
  );
}

function Drawing({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 16 16" focusable="false">
      <path d={path} />
    </svg>
  );
}
