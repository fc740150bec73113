import { type ComponentType, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';

import { useLetterKeys } from '#ui/letter-keys.ts';

import { VIA_NAV } from './focus-on-navigate.tsx';
import { NAV_ITEMS } from './nav-items.ts';

/**
 * The keys that work on every screen of the frame: `G` and a letter for a place, `?` for the map of keys.
 * @param onNotLoaded called when the script of the map does not come
 */
export function KeyboardShortcuts({ onNotLoaded }: { onNotLoaded: () => void }): ReactNode {
  const navigate = useNavigate();
  const [KeyMap, setKeyMap] = useState<ComponentType<{ onClose: () => void }>>();
  const showMap = async (): Promise<void> => {
    try {
      const loadChunk = await import('#features/settings/key-map.tsx');
      setKeyMap(() => loadChunk.KeyMap);
    } catch {
      onNotLoaded();
    }
  };
  useLetterKeys({
    ...Object.fromEntries(
      NAV_ITEMS.map(({ letter, to }) => [`g ${letter}`, () => void navigate(to, { state: VIA_NAV })]),
    ),
    '?': () => void showMap(),
  });
  return KeyMap && <KeyMap onClose={() => setKeyMap(undefined)} />;
}
