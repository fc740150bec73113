import { type FormEvent, useId, useRef, useState } from 'react';

import { settings } from '#messages/en/settings.ts';
import { formatNumber } from '#messages/format.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { Icon } from '#ui/icon.tsx';

import { DeleteDataDialog, type ErasingStage } from './delete-data-dialog.tsx';
import styles from './delete-data-setting.module.css';
import type { DeleteDataSummary } from './delete-data-summary.ts';
import { Setting } from './setting.tsx';

const text = settings.erase;

interface DeleteDataSettingProps {
  /** Undefined while counting. */
  summary: DeleteDataSummary | undefined;
  /**
   * Deletes everything and returns the services that did not confirm the revocation; rejects if something could not be deleted.
   */
  onErase: () => Promise<{ unconfirmed: readonly string[] }>;
  /** Called once everything is deleted and the page can no longer be used. */
  onLeave: () => void;
}

/** Lets the user delete all data: shows what is deleted and what remains, and acts only after the confirmation word is typed. */
export function DeleteDataSetting({ summary, onErase, onLeave }: DeleteDataSettingProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [stage, setStage] = useState<{ kind: 'idle' | 'failed' } | ErasingStage>({ kind: 'idle' });
  const inputRef = useRef<HTMLInputElement>(null);
  const isConfirmed = typed.trim().toLowerCase() === text.word;

  const erase = async (): Promise<void> => {
    setStage({ kind: 'erasing' });
    try {
      const { unconfirmed } = await onErase();
      if (unconfirmed.length === 0) onLeave();
      else setStage({ kind: 'unconfirmed', services: unconfirmed });
    } catch (error) {
      setStage({ kind: 'failed' });
      reportError(error);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isConfirmed) void erase();
    else inputRef.current?.focus();
  };
  return (
    <Setting title={text.title} titleId={`${id}title`} text={text.text}>
      <div className={styles.box}>
        <ul className={styles.list}>
          {sentences(summary).map((sentence) => (
            <li key={sentence}>
              <Icon name="minus" />
              <span>{sentence}</span>
            </li>
          ))}
        </ul>
        <form className={styles.form} onSubmit={submit}>
          <div className={styles.field}>
            <label className={styles.label} htmlFor={`${id}word`}>
              {text.confirm}
            </label>
            <input
              className={styles.input}
              id={`${id}word`}
              ref={inputRef}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => {
                setTyped(target.value);
              }}
            />
          </div>
          <Button variant="danger-solid" type="submit" aria-disabled={!isConfirmed}>
            {text.button}
          </Button>
        </form>
        <div className={styles.outcome} role="status">
          {stage.kind === 'failed' && (
            <Callout tone="bad" icon="alert" title={text.failed}>
              {text.failedText}
            </Callout>
          )}
        </div>
        {(stage.kind === 'erasing' || stage.kind === 'unconfirmed') && (
          <DeleteDataDialog key={stage.kind} stage={stage} onLeave={onLeave} />
        )}
      </div>
    </Setting>
  );
}

function sentences(summary: DeleteDataSummary | undefined): string[] {
  const waiting = (summary?.waitingAt ?? []).map(({ service, count }) => text.waiting(service, formatNumber(count)));
  return [
    text.removes([...(summary ? counted(summary) : [text.uncounted]), text.birdsong]),
    text.revokes,
    [text.sent, ...(waiting.length > 0 ? [text.waitingStay(waiting)] : []), text.onBirdsong].join(' '),
  ];
}

/** Leaves out counts of zero. */
function counted({ posts, connections }: DeleteDataSummary): string[] {
  return [
    ...(posts > 0 ? [text.posts(posts, formatNumber(posts))] : []),
    ...(connections > 0 ? [text.connections(connections, formatNumber(connections))] : []),
  ];
}
