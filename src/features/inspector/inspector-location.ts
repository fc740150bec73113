/** What of a trace is looked at by its address, so that it can be linked, loaded again and gone back from; and the ways on. */
export interface InspectorLocation {
  /** `step`, by the id of its event, is there while it is a view of its own, as on phones. */
  at: { flow?: string; step?: number };
  /** Another flow in the place of this one. */
  onFlow: (flow: string) => void;
  /** Opens a step, which the browser's Back closes; or goes on to it from the one that is open. */
  onStep: (flow: string, step: number) => void;
  /** Closes the open step. */
  onClose: () => void;
}

/** Where there are no addresses. */
export const NO_LOCATION: InspectorLocation = { at: {}, onFlow: () => {}, onStep: () => {}, onClose: () => {} };
