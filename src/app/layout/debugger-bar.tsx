import { useSyncExternalStore } from 'react';

import { titleOfRequest } from '#features/inspector/model/step-text.ts';
import { debuggerBar as text } from '#messages/en/debugger-bar.ts';
import type { StepDebugger } from '#trace/step-debugger.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';

import styles from './debugger-bar.module.css';

/** The steps that hold an authorization code, which servers typically expire after about a minute (RFC 6749 §4.1.2). */
const WITH_CODE = new Set(['redirect-back', 'token-request']);

/** Shows the paused step and the buttons to resume it, on every screen but the inspector, which has its own controls. */
export function DebuggerBar({ stepper }: { stepper: StepDebugger }) {
  const state = useSyncExternalStore(stepper.subscribe, stepper.state);
  if (state.kind === 'open') return null;
  const [paused] = state.paused;
  return (
    <section className={styles.bar} aria-label={text.label}>
      <p className={styles.words} role="status">
        {paused ? (
          <>
            <b>{text.held(titleOfRequest(paused.step))}</b>{' '}
            <span>{WITH_CODE.has(paused.step) ? text.codeRunsOut : text.nothingSent}</span>
          </>
        ) : (
          text.waiting
        )}
      </p>
      <div className={styles.actions}>
        {paused && (
          <Button variant="primary" onClick={stepper.next}>
            {text.next}
          </Button>
        )}
        <ButtonLink to="/inspector">{text.look}</ButtonLink>
        <Button variant="quiet" onClick={() => stepper.setStepping(false)}>
          {text.stop}
        </Button>
      </div>
    </section>
  );
}
