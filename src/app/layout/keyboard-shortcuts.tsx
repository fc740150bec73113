import { type ComponentType, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';

import { useShortcuts } from '#ui/shortcuts.ts';

import { VIA_NAV } from './focus-on-navigate.tsx';
import { NAV_ITEMS } from './nav-items.ts';

/**
 * The keys that work on every screen of the frame: `G` and a letter for a place, `?` for the map of keys.
 * @param onNotLoaded called when the script of the map does not come
 */
export function KeyboardShortcuts({ onNotLoaded }: { onNotLoaded: () => void }): ReactNode {
  const navigate = useNavigate();
  const [ShortcutsDialog, setKeyMap] = useState<ComponentType<{ onClose: () => void }>>();
  const showMap = async (): Promise<void> => {
    try {
      const loadChunk = await import('#features/settings/shortcuts-dialog.tsx');
      setKeyMap(() => loadChunk.ShortcutsDialog);
    } catch {
      onNotLoaded();
    }
  };
  useShortcuts({
    ...Object.fromEntries(
      NAV_ITEMS.map(({ letter, to }) => [`g ${letter}`, () => void navigate(to, { state: VIA_NAV })]),
    ),
    '?': () => void showMap(),
  });
  return ShortcutsDialog && <ShortcutsDialog onClose={() => setKeyMap(undefined)} />;
}
