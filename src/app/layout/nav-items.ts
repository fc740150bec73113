import { messages } from '#messages/en.ts';
import type { IconName } from '#ui/icon.tsx';

const words = messages.shell;

/** An item of the rail and the tab bar. */
export interface NavItem {
  to: string;
  icon: IconName;
  label: string;
  /** The label in the tab bar. */
  shortLabel: string;
  /** The shortcut's second letter, after `G`. */
  letter: string;
}

/** The navigation items, in the order of the rail. */
export const NAV_ITEMS: readonly NavItem[] = [
  { to: '/', icon: 'calendar', label: words.planner, shortLabel: words.planner, letter: 'p' },
  { to: '/connections', icon: 'connections', label: words.connections, shortLabel: words.connections, letter: 'c' },
  { to: '/inspector', icon: 'flow', label: words.inspector, shortLabel: words.inspectorShort, letter: 'f' },
  { to: '/settings', icon: 'settings', label: words.settings, shortLabel: words.settings, letter: 's' },
];
