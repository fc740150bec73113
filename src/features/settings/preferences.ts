import type { FormatChoice } from '#messages/format.ts';
import type { ThemeChoice } from '#ui/theme.ts';

/** What a person can choose in Settings. */
export interface Preferences extends FormatChoice {
  theme: ThemeChoice;
  /** Whether single letters act as keys. */
  letterKeys: boolean;
}
