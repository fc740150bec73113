import { expect, test } from 'vitest';

import { eraseTab } from '#app/composition/erase-broadcast.ts';
import { redactKnown, registerSecret } from '#trace/secret-registry.ts';
import { createRecorder } from '#trace/recorder.ts';

test('clears a tab’s trace and the secrets masked in it when all data is deleted', () => {
  const recorder = createRecorder(() => 5);
  recorder.record(
    { flow: 'f', kind: 'connect', service: 'Birdsong' },
    { type: 'redirect-out', url: 'https://as.example/', parameters: [] },
  );
  registerSecret('q7Lk2Vt9Xw4Rb8Zn');
  eraseTab(recorder);
  expect(recorder.events()).toEqual([]);
  expect(redactKnown('q7Lk2Vt9Xw4Rb8Zn', () => 'known')).toBe('q7Lk2Vt9Xw4Rb8Zn');
});
