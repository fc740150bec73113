import { createContext, useContext, useEffect, useRef, useState } from 'react';

import { inspector } from '#messages/en/inspector.ts';
import { formatNumber } from '#messages/format.ts';
import type { TraceEvent } from '#trace/event.ts';
import { readMask } from '#trace/read-mask.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './secret-value.module.css';

const text = inspector.secret;

/**
 * Returns the live value behind a masked one; undefined if it is no longer stored.
 * @param masked the masked value from the trace
 */
export type RevealSecret = (event: TraceEvent, name: string, masked: string) => Promise<string | undefined>;

/** Reveals secrets on this screen, after the user has agreed once per visit. Undefined if secrets can't be revealed. */
export const Revealing = createContext<{ reveal: RevealSecret; hasAgreed: boolean; onAgree: () => void } | undefined>(
  undefined,
);

/** Shows a value as recorded. A masked value shows its last characters, and offers to reveal the rest. */
export function ShownValue({ event, name, value }: { event: TraceEvent; name: string; value: string }) {
  const start = value.indexOf('•');
  const masked = value.slice(start);
  const mask = start === -1 ? undefined : readMask(masked);
  if (!mask) return <bdi>{value}</bdi>;
  return (
    <>
      {value.slice(0, start)}
      <SecretValue event={event} name={name} masked={masked} mask={mask} />
    </>
  );
}

interface SecretValueProps {
  event: TraceEvent;
  name: string;
  masked: string;
  mask: { tail: string; length: number };
}

type Secret = { kind: 'hidden' } | { kind: 'asking' } | { kind: 'shown'; value: string } | { kind: 'gone' };

function SecretValue({ event, name, masked, mask }: SecretValueProps) {
  const revealing = useContext(Revealing);
  const [secret, setSecret] = useState<Secret>({ kind: 'hidden' });
  const button = useRef<HTMLButtonElement>(null);
  const show = async (): Promise<void> => {
    const value = await revealing?.reveal(event, name, masked);
    setSecret(value === undefined ? { kind: 'gone' } : { kind: 'shown', value });
    button.current?.focus();
  };
  const press = (): void => {
    if (secret.kind === 'shown') setSecret({ kind: 'hidden' });
    else if (revealing?.hasAgreed) void show();
    else setSecret({ kind: 'asking' });
  };
  const isShown = secret.kind === 'shown';
  return (
    <span className={styles.secret}>
      {isShown ? (
        <bdi className={styles.live}>{secret.value}</bdi>
      ) : (
        <span>
          <span aria-hidden="true">••••••{mask.tail}</span>
          <VisuallyHidden>{text.hidden(formatNumber(mask.length))}</VisuallyHidden>
        </span>
      )}
      {revealing && secret.kind !== 'gone' && (
        <button
          type="button"
          className={styles.eye}
          aria-label={isShown ? text.hide(name) : text.reveal(name)}
          aria-pressed={isShown}
          data-reveal
          ref={button}
          onClick={press}
        >
          <Icon name="eye" small />
        </button>
      )}
      {secret.kind === 'asking' && (
        <Asking
          onShow={() => {
            revealing?.onAgree();
            void show();
          }}
          onCancel={() => {
            setSecret({ kind: 'hidden' });
            button.current?.focus();
          }}
        />
      )}
      <span className={styles.outcome} role="status">
        {secret.kind === 'gone' && text.gone}
        {isShown && <VisuallyHidden>{text.shown(name)}</VisuallyHidden>}
      </span>
    </span>
  );
}

function Asking({ onShow, onCancel }: { onShow: () => void; onCancel: () => void }) {
  const group = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    group.current?.querySelector('button')?.focus();
  }, []);
  return (
    <span className={styles.asking} role="group" aria-label={text.askTitle} ref={group}>
      <span>
        <b>{text.askTitle}</b> {text.ask}
      </span>
      <Button size="s" variant="quiet" onClick={onCancel}>
        {text.cancel}
      </Button>
      <Button size="s" onClick={onShow}>
        {text.show}
      </Button>
    </span>
  );
}
