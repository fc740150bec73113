import { useEffect, useRef, useState } from 'react';

import type { ConsoleCall } from '#api/console-call.ts';
import { ApiError } from '#api/errors.ts';

import { toEntry, type HistoryEntry, addEntry } from './history.ts';
import { callOf, type Method, type ReadyRequest, type RequestForm } from './request.ts';
import { readResponse, type ShownResponse } from './shown-response.ts';

/** The state of the current request. */
export type Sending =
  | { kind: 'idle' }
  | { kind: 'running' }
  | { kind: 'answered'; response: ShownResponse }
  | { kind: 'failed'; method: Method; error: ApiError }
  /** The app itself failed; the error has been reported. */
  | { kind: 'broken' };

/** Sends requests one at a time and records them in the history. Unmounting aborts a request in progress. */
export function useSendRequest(call: ConsoleCall, now: () => number) {
  const [sending, setSending] = useState<Sending>({ kind: 'idle' });
  const [history, setHistory] = useState<readonly HistoryEntry[]>([]);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  /** `form`: the form that the request was built from. */
  const send = async (request: ReadyRequest, form: RequestForm): Promise<void> => {
    if (running.current) return;
    const controller = new AbortController();
    running.current = controller;
    setSending({ kind: 'running' });
    const at = now();
    const result = await outcomeOf(call, request, controller.signal);
    running.current = undefined;
    setHistory((before) => addEntry(before, toEntry(form, { at, status: statusOf(result) })));
    setSending(result);
  };
  const cancel = (): void => running.current?.abort();
  return { sending, history, send, cancel };
}

/** Resolves as soon as the request is cancelled, even if the call is still waiting for a token refresh. */
function outcomeOf(call: ConsoleCall, request: ReadyRequest, signal: AbortSignal): Promise<Sending> {
  const cancelled = new Promise<Sending>((resolve) => {
    const error = new ApiError('cancelled', 'cancelled by the user');
    const stop = (): void => resolve({ kind: 'failed', method: request.method, error });
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([cancelled, responseOf(call, request, signal)]);
}

async function responseOf(call: ConsoleCall, request: ReadyRequest, signal: AbortSignal): Promise<Sending> {
  try {
    return { kind: 'answered', response: await readResponse(await call(request.path, callOf(request, signal))) };
  } catch (error) {
    if (error instanceof ApiError) return { kind: 'failed', method: request.method, error };
    reportError(error);
    return { kind: 'broken' };
  }
}

function statusOf(sending: Sending): number | undefined {
  if (sending.kind === 'answered') return sending.response.status;
  return sending.kind === 'failed' ? sending.error.status : undefined;
}
