import { type ChangeEvent, useRef } from 'react';

import { inspector } from '#messages/en/inspector.ts';
import { Button } from '#ui/button.tsx';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';
import { Switch } from '#ui/switch.tsx';

import { DemosButton } from './attack-demos/demos-button.tsx';
import type { DemosOffer } from './attack-demos/scenarios.ts';
import styles from './toolbar.module.css';

const words = inspector.toolbar;

export type ExportKind = 'har' | 'report' | 'json';
const EXPORTS: readonly ExportKind[] = ['har', 'report', 'json'];

/** The actions on the trace as a whole. The toolbar omits those that are undefined. */
export interface ToolbarActions {
  stepping?: { isOn: boolean; isPaused: boolean; onChange: (isOn: boolean) => void; onNext: () => void } | undefined;
  pausing?: { isPaused: boolean; onChange: (isPaused: boolean) => void } | undefined;
  lessons?: DemosOffer | undefined;
  onClear?: (() => void) | undefined;
  onExport?: ((kind: ExportKind) => void) | undefined;
  onImport?: ((file: File) => void) | undefined;
}

/** The inspector's header. */
export function Toolbar({ stepping, pausing, lessons, onClear, onExport, onImport }: ToolbarActions) {
  return (
    <header className={styles.toolbar}>
      <h1>{inspector.title}</h1>
      {stepping && (
        <div className={clsx(styles.stepping, stepping.isOn && styles.isOn)}>
          <Switch isOn={stepping.isOn} onChange={stepping.onChange}>
            {words.stepping}
          </Switch>
          {stepping.isOn && (
            <Button
              variant={stepping.isPaused ? 'primary' : 'plain'}
              size="s"
              aria-disabled={!stepping.isPaused}
              onClick={stepping.onNext}
            >
              <Icon name="next" small />
              {words.next}
            </Button>
          )}
          {stepping.isOn && !stepping.isPaused && <p className={styles.idle}>{words.nothingHeld}</p>}
        </div>
      )}
      <div className={styles.actions}>
        {lessons && <DemosButton offer={lessons} />}
        {pausing && (
          <Button
            variant="quiet"
            size="s"
            aria-pressed={pausing.isPaused}
            onClick={() => pausing.onChange(!pausing.isPaused)}
          >
            <Icon name={pausing.isPaused ? 'play' : 'pause'} small />
            <span className={styles.folding}>{pausing.isPaused ? words.goOn : words.pause}</span>
          </Button>
        )}
        {onClear && (
          <Button variant="quiet" size="s" onClick={onClear}>
            <Icon name="trash" small />
            <span className={styles.folding}>{words.clear}</span>
          </Button>
        )}
        {onImport && <OpenTrace onImport={onImport} />}
        {onExport && (
          <div className={styles.exports} role="group" aria-label={words.export}>
            {EXPORTS.map((kind, place) => (
              <Button size="s" onClick={() => onExport(kind)} key={kind}>
                {place === 0 && <Icon name="download" small />}
                {words.exports[kind]}
              </Button>
            ))}
          </div>
        )}
      </div>
    </header>
  );
}

function OpenTrace({ onImport }: { onImport: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    const [file] = currentTarget.files ?? [];
    currentTarget.value = ''; // otherwise the same file could not be chosen twice
    if (file) onImport(file);
  };
  return (
    <>
      <Button variant="quiet" size="s" onClick={() => input.current?.click()}>
        <Icon name="file" small />
        <span className={styles.folding}>{words.open}</span>
      </Button>
      <input
        type="file"
        accept="application/json,.json"
        className={styles.file}
        aria-label={words.open}
        ref={input}
        onChange={choose}
      />
    </>
  );
}
