import { useId, useState } from 'react';

import { messages } from '#messages/en.ts';
import { settings } from '#messages/en/settings.ts';
import { Button } from '#ui/button.tsx';
import { Page } from '#ui/page.tsx';
import { Segmented } from '#ui/segmented.tsx';

import { DeleteDataSetting } from './delete-data-setting.tsx';
import type { DeleteDataSummary } from './delete-data-summary.ts';
import { FormatSetting } from './format-setting.tsx';
import type { Preferences } from './preferences.ts';
import { Setting } from './setting.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

const text = settings;

interface SettingsScreenProps {
  preferences: Preferences;
  /** The user's languages as reported by the browser, as language tags. */
  languages: readonly string[];
  /** Whether choices persist beyond this page. */
  isSaved: boolean;
  onChange: (patch: Partial<Preferences>) => void;
  /** Undefined while counting. */
  eraseSummary: DeleteDataSummary | undefined;
  /**
   * Deletes everything and returns the services that did not confirm the revocation; rejects if something could not be deleted.
   */
  onErase: () => Promise<{ unconfirmed: readonly string[] }>;
  /** Called once everything is deleted and the page can no longer be used. */
  onLeave: () => void;
}

/** Shows the settings, which apply immediately, and the option to delete all data. */
export function SettingsScreen(props: SettingsScreenProps) {
  const { preferences, languages, isSaved, onChange, eraseSummary, onErase, onLeave } = props;
  const id = useId();
  const [isMapShown, setIsMapShown] = useState(false);
  return (
    <Page title={text.title} lede={isSaved ? text.lede : text.ledeUnkept}>
      <title>{messages.title(text.title)}</title>
      <Setting title={text.theme.title} titleId={`${id}theme`}>
        <Segmented
          labelledBy={`${id}theme`}
          options={[
            { value: 'system', label: text.theme.system, icon: 'system' },
            { value: 'light', label: text.theme.light, icon: 'light' },
            { value: 'dark', label: text.theme.dark, icon: 'theme' },
          ]}
          value={preferences.theme}
          onChange={(theme) => {
            onChange({ theme });
          }}
        />
      </Setting>
      <FormatSetting choice={preferences} languages={languages} onChange={onChange} />
      <Setting title={text.letterKeys.title} titleId={`${id}keys`} text={text.letterKeys.text}>
        <Segmented
          labelledBy={`${id}keys`}
          options={[
            { value: 'on', label: text.letterKeys.on },
            { value: 'off', label: text.letterKeys.off },
          ]}
          value={preferences.letterKeys ? 'on' : 'off'}
          onChange={(choice) => {
            onChange({ letterKeys: choice === 'on' });
          }}
        />
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            setIsMapShown(true);
          }}
        >
          {text.letterKeys.map}
        </Button>
      </Setting>
      <DeleteDataSetting summary={eraseSummary} onErase={onErase} onLeave={onLeave} />
      {isMapShown && (
        <ShortcutsDialog
          onClose={() => {
            setIsMapShown(false);
          }}
        />
      )}
    </Page>
  );
}
