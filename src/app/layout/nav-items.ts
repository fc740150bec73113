import { messages } from '#messages/en.ts';
import type { IconName } from '#ui/icon.tsx';

const text = messages.shell;

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
  { to: '/', icon: 'calendar', label: text.planner, shortLabel: text.planner, letter: 'p' },
  { to: '/connections', icon: 'connections', label: text.connections, shortLabel: text.connections, letter: 'c' },
  { to: '/inspector', icon: 'flow', label: text.inspector, shortLabel: text.inspectorShort, letter: 'f' },
  { to: '/settings', icon: 'settings', label: text.settings, shortLabel: text.settings, letter: 's' },
];
