import { type ChangeEvent, useRef } from 'react';

import { inspector } from '#messages/en/inspector.ts';
import { Button } from '#ui/button.tsx';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';
import { Switch } from '#ui/switch.tsx';

import { DemosButton } from './attack-demos/demos-button.tsx';
import type { DemosOffer } from './attack-demos/scenarios.ts';
import styles from './toolbar.module.css';

const text = inspector.toolbar;

export type ExportKind = 'har' | 'report' | 'json';
const EXPORTS: readonly ExportKind[] = ['har', 'report', 'json'];

/** The actions on the trace as a whole. The toolbar omits those that are undefined. */
export interface ToolbarActions {
  stepping?: { isOn: boolean; isPaused: boolean; onChange: (isOn: boolean) => void; onNext: () => void } | undefined;
  pausing?: { isPaused: boolean; onChange: (isPaused: boolean) => void } | undefined;
  demos?: DemosOffer | undefined;
  onClear?: (() => void) | undefined;
  onExport?: ((kind: ExportKind) => void) | undefined;
  onImport?: ((file: File) => void) | undefined;
}

/** The inspector's header. */
export function Toolbar({ stepping, pausing, demos, onClear, onExport, onImport }: ToolbarActions) {
  return (
    <header className={styles.toolbar}>
      <h1>{inspector.title}</h1>
      {stepping && (
        <div className={clsx(styles.stepping, stepping.isOn && styles.isOn)}>
          <Switch isOn={stepping.isOn} onChange={stepping.onChange}>
            {text.stepping}
          </Switch>
          {stepping.isOn && (
            <Button
              variant={stepping.isPaused ? 'primary' : 'plain'}
              size="s"
              aria-disabled={!stepping.isPaused}
              onClick={stepping.onNext}
            >
              <Icon name="next" small />
              {text.next}
            </Button>
          )}
          {stepping.isOn && !stepping.isPaused && <p className={styles.idle}>{text.nothingHeld}</p>}
        </div>
      )}
      <div className={styles.actions}>
        {demos && <DemosButton offer={demos} />}
        {pausing && (
          <Button
            variant="quiet"
            size="s"
            aria-pressed={pausing.isPaused}
            onClick={() => pausing.onChange(!pausing.isPaused)}
          >
            <Icon name={pausing.isPaused ? 'play' : 'pause'} small />
            <span className={styles.folding}>{pausing.isPaused ? text.goOn : text.pause}</span>
          </Button>
        )}
        {onClear && (
          <Button variant="quiet" size="s" onClick={onClear}>
            <Icon name="trash" small />
            <span className={styles.folding}>{text.clear}</span>
          </Button>
        )}
        {onImport && <OpenTrace onImport={onImport} />}
        {onExport && (
          <div className={styles.exports} role="group" aria-label={text.export}>
            {EXPORTS.map((kind, index) => (
              <Button size="s" onClick={() => onExport(kind)} key={kind}>
                {index === 0 && <Icon name="download" small />}
                {text.exports[kind]}
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
        <span className={styles.folding}>{text.open}</span>
      </Button>
      <input
        type="file"
        accept="application/json,.json"
        className={styles.file}
        aria-label={text.open}
        ref={input}
        onChange={choose}
      />
    </>
  );
}
