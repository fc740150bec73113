/** Whether the demo network can run here: it lives in a service worker. The last three say why there is none. */
export type WorkerState = 'ready' | 'starting' | 'insecure' | 'blocked' | 'missing';

/** A state in which no worker runs, nor will. */
export type WorkerAbsence = Exclude<WorkerState, 'ready' | 'starting'>;

/** Returns why no worker runs; undefined while one runs or starts. */
export function workerAbsence(state: WorkerState): WorkerAbsence | undefined {
  return state === 'ready' || state === 'starting' ? undefined : state;
}

/** The service that needs the worker; no other does. */
export const BIRDSONG = 'birdsong';

/** Whether a service can be reached from this window at all. */
export function canRun(service: { id: string }, workerState: WorkerState): boolean {
  return service.id !== BIRDSONG || workerAbsence(workerState) === undefined;
}
