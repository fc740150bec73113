import { type ComponentType, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';

import { useShortcuts } from '#ui/shortcuts.ts';

import { VIA_NAV } from './focus-on-navigate.tsx';
import { NAV_ITEMS } from './nav-items.ts';

/**
 * Binds the shortcuts that work on every screen of the frame: `G` and a letter to navigate, `?` for the shortcuts dialog.
 * @param onNotLoaded called when the dialog's script cannot be loaded
 */
export function KeyboardShortcuts({ onNotLoaded }: { onNotLoaded: () => void }): ReactNode {
  const navigate = useNavigate();
  const [ShortcutsDialog, setKeyMap] = useState<ComponentType<{ onClose: () => void }>>();
  const showMap = async (): Promise<void> => {
    try {
      const loaded = await import('#features/settings/shortcuts-dialog.tsx');
      setKeyMap(() => loaded.ShortcutsDialog);
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
