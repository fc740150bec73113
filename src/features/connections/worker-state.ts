/** Whether the demo network, which runs in a service worker, is available. The last three say why it is not. */
export type WorkerState = 'ready' | 'starting' | 'insecure' | 'blocked' | 'missing';

/** A state in which no worker runs or will run. */
export type WorkerAbsence = Exclude<WorkerState, 'ready' | 'starting'>;

/** Returns why no worker runs; undefined while one runs or starts. */
export function workerAbsence(state: WorkerState): WorkerAbsence | undefined {
  return state === 'ready' || state === 'starting' ? undefined : state;
}

/** The only service that needs the worker. */
export const BIRDSONG = 'birdsong';

/** Returns whether a service is reachable from this window. */
export function isAvailable(service: { id: string }, workerState: WorkerState): boolean {
  return service.id !== BIRDSONG || workerAbsence(workerState) === undefined;
}
