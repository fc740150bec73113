import { createObservable } from '#lib/observable.ts';

import type { TraceTag } from './event.ts';

/** A step that is waiting to be resumed. */
export interface PausedStep {
  tag: TraceTag;
  /** The same name as in the event that will follow: a request's step, 'redirect-out' or 'redirect-back'. */
  step: string;
}

/** The debugger's mode: `open` lets steps run freely, `stepping` pauses each until it is resumed. */
export type StepDebuggerState = { kind: 'open' } | { kind: 'stepping'; paused: readonly PausedStep[] };

/** Pauses each step of a flow before it runs, so that the user can follow it. It does not change the flow. */
export interface StepDebugger {
  /** Returns the current state; the same object until something changes. */
  state(): StepDebuggerState;
  subscribe(listener: () => void): () => void;
  setStepping(isStepping: boolean): void;
  /** Resumes the step that has waited longest. */
  next(): void;
  /** Resolves when the step may run; immediately unless stepping is on. @throws the reason of `signal` */
  waitFor(tag: TraceTag, step: string, signal?: AbortSignal): Promise<void>;
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
const STORAGE_KEY = 'step-by-step';

/** Creates a step debugger whose mode survives navigation to another page of this tab and back. */
export function createStepDebugger(storage?: Storage): StepDebugger {
  let waiting: (PausedStep & { go: () => void })[] = [];
  const state = createObservable<StepDebuggerState>(
    isSteppingStored(storage) ? { kind: 'stepping', paused: [] } : { kind: 'open' },
  );
  const show = (): void => state.set({ kind: 'stepping', paused: waiting.map(({ tag, step }) => ({ tag, step })) });

  return {
    state: state.get,
    subscribe: state.subscribe,
    setStepping(isStepping) {
      storeStepping(storage, isStepping);
      if (isStepping) return show();
      const all = waiting;
      waiting = [];
      state.set({ kind: 'open' });
      for (const { go } of all) go();
    },
    next() {
      const [first, ...rest] = waiting;
      if (!first) return;
      waiting = rest;
      show();
      first.go();
    },
    async waitFor(tag, step, signal) {
      if (state.get().kind === 'open') return;
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const paused = { tag, step, go: resolve };
        waiting.push(paused);
        show();
        signal?.addEventListener('abort', () => {
          waiting = waiting.filter((other) => other !== paused);
          if (state.get().kind === 'stepping') show();
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- rejects with the signal's abort reason
          reject(signal.reason);
        });
      });
    },
  };
}

function isSteppingStored(storage?: Storage): boolean {
  try {
    return storage?.getItem(STORAGE_KEY) === 'on';
  } catch {
    return false;
  }
}

function storeStepping(storage: Storage | undefined, isStepping: boolean): void {
  try {
    if (isStepping) storage?.setItem(STORAGE_KEY, 'on');
    else storage?.removeItem(STORAGE_KEY);
  } catch {
    // Storage is blocked: the mode then applies to this page only.
  }
}
