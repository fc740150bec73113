import type { FormatChoice } from '#messages/format.ts';
import type { ThemeChoice } from '#ui/theme.ts';

/** The user's choices in Settings. */
export interface Preferences extends FormatChoice {
  theme: ThemeChoice;
  /** Whether single-letter shortcuts are enabled. */
  letterKeys: boolean;
}
