import { messages } from '#messages/en.ts';
import type { IconName } from '#ui/icon.tsx';

const words = messages.shell;

/** Where the rail and the tab bar lead. */
export interface Place {
  to: string;
  icon: IconName;
  label: string;
  /** For the tab bar. */
  shortLabel: string;
  /** Goes there after `G`. */
  letter: string;
}

/** The places of the app, in the order of the rail. */
export const NAV_ITEMS: readonly Place[] = [
  { to: '/', icon: 'calendar', label: words.planner, shortLabel: words.planner, letter: 'p' },
  { to: '/connections', icon: 'connections', label: words.connections, shortLabel: words.connections, letter: 'c' },
  { to: '/inspector', icon: 'flow', label: words.inspector, shortLabel: words.inspectorShort, letter: 'f' },
  { to: '/settings', icon: 'settings', label: words.settings, shortLabel: words.settings, letter: 's' },
];
