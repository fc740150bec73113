import { useId, useState } from 'react';

import { settings } from '#messages/en/settings.ts';
import { formatNumber, formatWhen, type FormatChoice } from '#messages/format.ts';
import { browserLocale, localeName, localeOptions } from '#messages/locales.ts';
import { Segmented } from '#ui/segmented.tsx';

import styles from './format-setting.module.css';
import { Setting } from './setting.tsx';

const text = settings.formats;

const HOUR_CYCLES = ['language', '24h', '12h'] as const;
const AS_BROWSER = '';
const EXAMPLE_NUMBER = 12_345.6;

interface FormatSettingProps {
  choice: Pick<FormatChoice, 'locale' | 'hourCycle'>;
  /** The user's languages as reported by the browser, as language tags. */
  languages: readonly string[];
  onChange: (patch: Partial<FormatChoice>) => void;
}

/** Lets the user choose how dates, times and numbers are written, with a live example. */
export function FormatSetting({ choice: { locale, hourCycle }, languages, onChange }: FormatSettingProps) {
  const id = useId();
  const [now] = useState(Date.now);
  const exampleTime = new Date(now).setHours(16 + 3 * 24, 30, 0, 0);
  const options = localeOptions(locale === undefined ? languages : [...languages, locale]);
  return (
    <Setting title={text.title} titleId={`${id}title`} text={text.text}>
      <div className={styles.field}>
        <label className={styles.label} htmlFor={`${id}locale`}>
          {text.locale}
        </label>
        <select
          className={styles.select}
          id={`${id}locale`}
          value={locale ?? AS_BROWSER}
          onChange={({ target }) => {
            onChange({ locale: target.value === AS_BROWSER ? undefined : target.value });
          }}
        >
          <option value={AS_BROWSER}>{text.asBrowser(localeName(browserLocale()))}</option>
          {options.map(({ tag, name }) => (
            <option value={tag} lang={tag} key={tag}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <fieldset className={styles.field}>
        <legend className={styles.label}>{text.hourCycle}</legend>
        <Segmented
          options={HOUR_CYCLES.map((value) => ({ value, label: text.hourCycles[value] }))}
          value={hourCycle}
          onChange={(chosen) => {
            onChange({ hourCycle: chosen });
          }}
        />
      </fieldset>
      <p className={styles.example} role="status">
        {text.example}{' '}
        <span className={styles.values}>
          <bdi>{formatWhen(exampleTime, now)}</bdi> <bdi>{formatNumber(EXAMPLE_NUMBER)}</bdi>
        </span>
      </p>
    </Setting>
  );
}
