import { lockName, type Lock } from '#connections/lock.ts';
import type { Recorder } from '#trace/recorder.ts';
import type { StoredTrace } from '#trace/stored-trace.ts';

/** What a page asks the service worker: to refresh a connection's token, in which no token travels (STO-4). */
export interface WorkerRefreshRequest {
  connectionId: string;
  /** The fingerprint of the token that is of no use. */
  staleToken: string;
  /** A wait is passed over: the network is back. */
  ignoreBackoff: boolean;
  /** The flow that needs it. */
  cause?: string;
}

/** The request as a message. Its names stay: a page and a worker of different versions talk to each other. */
interface WireRequest {
  type: 'renew';
  connectionId: string;
  refused: string;
  isUrged: boolean;
  cause?: string;
}

/** What the worker says to that, on the port that came with it. */
export type RefreshMessage =
  | { type: 'heard' }
  /** It holds the connection's lock now. */
  | { type: 'at-work' }
  /** Whatever came of it is in the vault. `trace`: what it has recorded, masked. */
  | { type: 'done'; trace: StoredTrace };

/** Reads a message to the worker; undefined for any other. */
export function readRefreshRequest(data: unknown): WorkerRefreshRequest | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, connectionId, refused, isUrged, cause } = data as Partial<Record<keyof WireRequest, unknown>>;
  if (type !== 'renew' || typeof connectionId !== 'string' || typeof refused !== 'string') return undefined;
  const request = { connectionId, staleToken: refused, ignoreBackoff: isUrged === true };
  return { ...request, ...(typeof cause === 'string' && { cause }) };
}

/** Sends a message to the worker, with a port for the answer; false where there is none. */
export type SendToWorker = (message: WireRequest, port: MessagePort) => boolean;

/** Asks the worker to refresh a token. Resolves whether it did all there was to do; false: the page has to see to it itself. */
export type RequestWorkerRefresh = (request: WorkerRefreshRequest) => Promise<boolean>;

/** For a word that is on its way when the lock is free already. */
const GRACE_MS = 300;

/** A worker that is there says so at once; one that starts takes a moment. */
const ACK_TIMEOUT_MS = 2_000;

/**
 * Asks over `send`. A worker that says nothing is not waited for; one that dies at work, or while it waits for its turn, is found
 * out by the lock, which the browser frees then.
 */
export function createRequestWorkerRefresh(send: SendToWorker, lock: Lock, recorder: Recorder): RequestWorkerRefresh {
  return (request) =>
    new Promise((resolve) => {
      const { port1: port, port2 } = new MessageChannel();
      let watch = new AbortController();
      const end = (isDone: boolean): void => {
        clearTimeout(silence);
        watch.abort();
        port.close();
        resolve(isDone);
      };
      let silence = setTimeout(() => end(false), ACK_TIMEOUT_MS);
      const onFree = (): void => {
        silence = setTimeout(() => end(false), GRACE_MS);
      };
      port.addEventListener('message', ({ data }: MessageEvent<RefreshMessage>) => {
        clearTimeout(silence);
        if (data.type === 'done') {
          recorder.append(data.trace);
          return end(true);
        }
        // Behind the worker in the lock's queue: after 'heard' it waits for its turn there, and then has it.
        watch.abort();
        watch = new AbortController();
        detectWorkerDeath(lock, request.connectionId, watch.signal, onFree);
      });
      port.start();
      const { staleToken: refused, ignoreBackoff: isUrged, ...rest } = request;
      if (!send({ type: 'renew', refused, isUrged, ...rest }, port2)) end(false);
    });
}

/** Calls `onFree` once the lock that the worker holds or waits for is free: it has died, or is done and its word on the way. */
function detectWorkerDeath(lock: Lock, connectionId: string, signal: AbortSignal, onFree: () => void): void {
  lock(lockName(connectionId), () => Promise.resolve(onFree()), signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
