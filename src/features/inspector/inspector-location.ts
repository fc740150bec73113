/** The flow and step in the URL, so that they can be linked to and reloaded and Back works; and ways to change them. */
export interface InspectorLocation {
  /** `step`, the id of the step's event, is set while the step is a view of its own, as on phones. */
  at: { flow?: string; step?: number };
  /** Replaces the current flow with another. */
  onFlow: (flow: string) => void;
  /** Opens a step, which the browser's Back closes. If a step is open already, replaces it. */
  onStep: (flow: string, step: number) => void;
  /** Closes the open step. */
  onClose: () => void;
}

/** The location for a trace without URLs. */
export const NO_LOCATION: InspectorLocation = { at: {}, onFlow: () => {}, onStep: () => {}, onClose: () => {} };
