import { expect, test } from 'vitest';

import { eraseTab } from '#app/composition/erase-broadcast.ts';
import { hideKnown, learnSecret } from '#trace/known-secrets.ts';
import { createRecorder } from '#trace/recorder.ts';

test('erased, a tab knows nothing of its trace, nor of the secrets that were masked in it', () => {
  const recorder = createRecorder(() => 5);
  recorder.record(
    { flow: 'f', kind: 'connect', service: 'Birdsong' },
    { type: 'redirect-out', url: 'https://as.example/', parameters: [] },
  );
  learnSecret('q7Lk2Vt9Xw4Rb8Zn');
  eraseTab(recorder);
  expect(recorder.events()).toEqual([]);
  expect(hideKnown('q7Lk2Vt9Xw4Rb8Zn', () => 'known')).toBe('q7Lk2Vt9Xw4Rb8Zn');
});
