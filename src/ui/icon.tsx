import { clsx } from './clsx.ts';
import styles from './icon.module.css';

/** The icons' paths, on a 16 px grid, for a stroke width of 1.5 with round caps. */
const PATHS = {
  alert: 'M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1',
  back: 'M10 3.5L5.5 8l4.5 4.5',
  calendar: 'M4 3h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM2 6.5h12M5.5 1.5v3M10.5 1.5v3',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  clock: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.8V8l2.2 1.6',
  close: 'M4 4l8 8M12 4l-8 8',
  connections: 'M6.5 9.5l3-3M7 4.5l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L4.5 7',
  download: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.5h10',
  external: 'M9.5 2.5h4v4M13.2 2.8L8 8M11.5 9.5v3a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h3',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM9.9 8a1.9 1.9 0 1 1-3.8 0 1.9 1.9 0 0 1 3.8 0z',
  file: 'M4.5 2h5L12.5 5v8a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM9 2v3.5h3.5',
  flow: 'M3 2v12M13 2v12M3 5.5h7.5M8.5 3.5l2 2-2 2M13 10.5H5.5M7.5 8.5l-2 2 2 2',
  flask: 'M6.3 2v4.2L2.8 12.5A1 1 0 0 0 3.7 14h8.6a1 1 0 0 0 .9-1.5L9.7 6.2V2M5 2h6M4.6 10h6.8',
  light:
    'M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  likes: 'M8 13.2C4.6 10.8 2 8.8 2 6a3 3 0 0 1 6-1 3 3 0 0 1 6 1c0 2.8-2.6 4.8-6 7.2z',
  lock: 'M4.5 7h7A1.5 1.5 0 0 1 13 8.5v4a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7zM5.2 7V5a2.8 2.8 0 0 1 5.6 0v2',
  minus: 'M4 8h8',
  next: 'M4 3.5l6 4.5-6 4.5zM12.5 3.5v9',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  pencil: 'M3 13l.7-3L10.8 3a1.4 1.4 0 0 1 2 0l.2.2a1.4 1.4 0 0 1 0 2L6 12.3 3 13z',
  play: 'M4.5 3l8 5-8 5z',
  plus: 'M8 3v10M3 8h10',
  refresh: 'M13 3v3.5H9.5M3 13V9.5h3.5M12.7 6.3A5 5 0 0 0 3.8 5M3.3 9.7A5 5 0 0 0 12.2 11',
  replies: 'M6.5 3.5L2.5 7.5l4 4M3 7.5h6a4.5 4.5 0 0 1 4.5 4.5v.5',
  reposts:
    'M11 2l2.5 2.5L11 7M13.3 4.5H5a2.5 2.5 0 0 0-2.5 2.5v.8M5 14l-2.5-2.5L5 9M2.7 11.5H11a2.5 2.5 0 0 0 2.5-2.5v-.8',
  send: 'M8 13V3.5M4 7.5l4-4 4 4',
  server:
    'M3.2 2.5h9.6A1.2 1.2 0 0 1 14 3.7v2.1A1.2 1.2 0 0 1 12.8 7H3.2A1.2 1.2 0 0 1 2 5.8V3.7a1.2 1.2 0 0 1 1.2-1.2zM3.2 9h9.6a1.2 1.2 0 0 1 1.2 1.2v2.1a1.2 1.2 0 0 1-1.2 1.2H3.2A1.2 1.2 0 0 1 2 12.3v-2.1A1.2 1.2 0 0 1 3.2 9zM4.8 4.75h.1M4.8 11.25h.1',
  settings:
    'M2 4.5h6.2M11.8 4.5H14M2 11.5h2.2M7.8 11.5H14M11.8 4.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0zM7.8 11.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0z',
  system:
    'M3.2 3h9.6A1.2 1.2 0 0 1 14 4.2v5.6a1.2 1.2 0 0 1-1.2 1.2H3.2A1.2 1.2 0 0 1 2 9.8V4.2A1.2 1.2 0 0 1 3.2 3zM6 13.5h4',
  theme: 'M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.6 7v4M9.4 7v4',
  window:
    'M3.8 2.5h8.4A1.8 1.8 0 0 1 14 4.3v7.4a1.8 1.8 0 0 1-1.8 1.8H3.8A1.8 1.8 0 0 1 2 11.7V4.3a1.8 1.8 0 0 1 1.8-1.8zM2 6h12M4.3 4.25h.1M6.3 4.25h.1',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon next to text, or inside a labelled control; hidden from screen readers. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg className={clsx(styles.icon, small && styles.small)} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
