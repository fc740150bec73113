/** Whether the demo network can run here: it lives in a service worker. */
export type WorkerState = 'ready' | 'starting' | 'missing';

/** The service that needs the worker; no other does. */
export const BIRDSONG = 'birdsong';

/** Whether a service can be reached from this window at all. */
export function canRun(service: { id: string }, workerState: WorkerState): boolean {
  return service.id !== BIRDSONG || workerState !== 'missing';
}
