import { useSyncExternalStore } from 'react';

import { titleOfRequest } from '#features/inspector/model/step-text.ts';
import { stepBar as words } from '#messages/en/step-bar.ts';
import type { Gate } from '#trace/gate.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';

import styles from './debugger-bar.module.css';

/** What comes after the person is back with a code, which servers let live for a minute or so (RFC 6749 §4.1.2). */
const WITH_CODE = new Set(['redirect-back', 'token-exchange']);

/** Step by step wherever one is: what is held, and the way on. The inspector has its own. */
export function StepBar({ gate }: { gate: Gate }) {
  const state = useSyncExternalStore(gate.subscribe, gate.state);
  if (state.kind === 'open') return null;
  const [held] = state.held;
  return (
    <section className={styles.bar} aria-label={words.label}>
      <p className={styles.words} role="status">
        {held ? (
          <>
            <b>{words.held(titleOfRequest(held.step))}</b>{' '}
            <span>{WITH_CODE.has(held.step) ? words.codeRunsOut : words.nothingSent}</span>
          </>
        ) : (
          words.waiting
        )}
      </p>
      <div className={styles.actions}>
        {held && (
          <Button variant="primary" onClick={gate.next}>
            {words.next}
          </Button>
        )}
        <ButtonLink to="/inspector">{words.look}</ButtonLink>
        <Button variant="quiet" onClick={() => gate.setStepping(false)}>
          {words.stop}
        </Button>
      </div>
    </section>
  );
}
