import { createElement, Fragment } from 'react';

/** Lists texts that others wrote. Each one is isolated, so that the direction of one does not reorder the next (UAX #9). */
export function IsolatedParts({ parts }: { parts: readonly string[] }) {
  // As arguments, the children need no keys: two parts may be alike.
  return createElement(
    Fragment,
    undefined,
    ...parts.flatMap((part, index) => [index > 0 && ', ', createElement('bdi', undefined, part)]),
  );
}
