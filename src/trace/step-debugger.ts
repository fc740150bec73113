import type { TraceTag } from './event.ts';

/** A step that waits to be let go. */
export interface PausedStep {
  tag: TraceTag;
  /** As in the event that will follow: a request's step, 'redirect-out' or 'redirect-back'. */
  step: string;
}

/** Whether steps go on by themselves, or each when it is told to. */
export type StepDebuggerState = { kind: 'open' } | { kind: 'stepping'; paused: readonly PausedStep[] };

/** Holds each step of a flow before it is taken, for a person who looks on: the same flow, no other one. */
export interface StepDebugger {
  /** The same object until something changes. */
  state(): StepDebuggerState;
  subscribe(listener: () => void): () => void;
  setStepping(isStepping: boolean): void;
  /** Lets the step go on that has waited longest. */
  next(): void;
  /** Resolves when the step may go on; at once while nobody steps. @throws the reason of `signal` */
  waitFor(tag: TraceTag, step: string, signal?: AbortSignal): Promise<void>;
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
const STORAGE_KEY = 'step-by-step';

/** A gate that stays as it was set on the way to another page of this tab and back. */
export function createStepDebugger(storage?: Storage): StepDebugger {
  let waiting: (PausedStep & { go: () => void })[] = [];
  let state: StepDebuggerState = isKept(storage) ? { kind: 'stepping', paused: [] } : { kind: 'open' };
  const listeners = new Set<() => void>();
  const become = (next: StepDebuggerState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const show = (): void => become({ kind: 'stepping', paused: waiting.map(({ tag, step }) => ({ tag, step })) });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setStepping(isStepping) {
      keep(storage, isStepping);
      if (isStepping) return show();
      const all = waiting;
      waiting = [];
      become({ kind: 'open' });
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
      if (state.kind === 'open') return;
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const paused = { tag, step, go: resolve };
        waiting.push(paused);
        show();
        signal?.addEventListener('abort', () => {
          waiting = waiting.filter((other) => other !== paused);
          if (state.kind === 'stepping') show();
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what a signal is aborted with
          reject(signal.reason);
        });
      });
    },
  };
}

function isKept(storage?: Storage): boolean {
  try {
    return storage?.getItem(STORAGE_KEY) === 'on';
  } catch {
    return false;
  }
}

function keep(storage: Storage | undefined, isStepping: boolean): void {
  try {
    if (isStepping) storage?.setItem(STORAGE_KEY, 'on');
    else storage?.removeItem(STORAGE_KEY);
  } catch {
    // Blocked: then it holds for this page alone.
  }
}
