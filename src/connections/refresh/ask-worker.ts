import { lockName, type Lock } from '#connections/lock.ts';
import { isObject } from '#lib/guards.ts';
import type { Recorder } from '#trace/recorder.ts';
import type { StoredTrace } from '#trace/stored-trace.ts';

/** A page's request that the service worker refresh a connection's token. The message contains no token (STO-4). */
export interface WorkerRefreshRequest {
  connectionId: string;
  /** The fingerprint of the token to replace. */
  staleToken: string;
  /** Skips the backoff, because the network is back. */
  ignoreBackoff: boolean;
  /** The trace flow that needs the token. */
  cause?: string;
}

/** The request as a message. Do not rename its members: a page and a worker of different versions exchange it. */
interface WireRequest {
  type: 'renew';
  connectionId: string;
  refused: string;
  isUrged: boolean;
  cause?: string;
}

/** The worker's reply, sent on the port that was transferred with the request. */
export type RefreshMessage =
  | { type: 'ack' }
  /** The worker now holds the connection's lock. */
  | { type: 'started' }
  /** The result, success or failure, is in the vault. `trace` is the worker's masked recording. */
  | { type: 'done'; trace: StoredTrace };

/** Parses a message to the worker. Returns undefined if it is not a refresh request. */
export function readRefreshRequest(data: unknown): WorkerRefreshRequest | undefined {
  if (!isObject<keyof WireRequest>(data)) return undefined;
  const { type, connectionId, refused, isUrged, cause } = data;
  if (type !== 'renew' || typeof connectionId !== 'string' || typeof refused !== 'string') return undefined;
  const request = { connectionId, staleToken: refused, ignoreBackoff: isUrged === true };
  return typeof cause === 'string' ? { ...request, cause } : request;
}

/** Sends a message to the worker, with a port for the reply. Returns false if there is no worker. */
export type SendToWorker = (message: WireRequest, port: MessagePort) => boolean;

/** Asks the worker to refresh a token. Resolves to false if the worker did not finish, so the page has to refresh. */
export type RequestWorkerRefresh = (request: WorkerRefreshRequest) => Promise<boolean>;

/** How long to wait for a message that may arrive after the lock is released. */
const GRACE_MS = 300;

/** How long to wait for the first message: a running worker acknowledges at once, a starting one takes a moment. */
const ACK_TIMEOUT_MS = 2_000;

/**
 * Creates a {@link RequestWorkerRefresh} that posts through `send`. It gives up on a worker that does not acknowledge. If the
 * worker dies during the refresh or while it waits for the lock, the browser releases the lock, which reveals the death.
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
        // Queue for the lock behind the worker, which waits for the lock after 'ack' and holds it after 'started'.
        watch.abort();
        watch = new AbortController();
        detectWorkerDeath(lock, request.connectionId, watch.signal, onFree);
      });
      port.start();
      const { staleToken: refused, ignoreBackoff: isUrged, ...rest } = request;
      if (!send({ type: 'renew', refused, isUrged, ...rest }, port2)) end(false);
    });
}

/**
 * Calls `onFree` once the lock that the worker holds or waits for is free: the worker has died, or it has finished and its
 * message is about to arrive.
 */
function detectWorkerDeath(lock: Lock, connectionId: string, signal: AbortSignal, onFree: () => void): void {
  lock(lockName(connectionId), () => Promise.resolve(onFree()), signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
