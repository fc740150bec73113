/** What went over the wire as a secret is known again wherever a server repeats it. */
import { beforeEach, describe, expect, test } from 'vitest';

import { forgetSecrets, hideKnown, learnSecret } from '#trace/known-secrets.ts';

const hidden = (text: string): string => hideKnown(text, ({ length }) => `[${length}]`);

beforeEach(forgetSecrets);

describe('a secret that another one begins with', () => {
  const access = 'access-7Lk2Vt9';
  const refresh = `${access}.refresh-Xw4Rb8Zn`;

  test.for([
    ['first', [access, refresh]],
    ['last', [refresh, access]],
  ] as const)('learnt %s, leaves nothing of the other one to be read', ([, secrets]) => {
    secrets.forEach(learnSecret);
    expect(hidden(`no ${refresh}, no ${access}`)).toBe('no [31], no [14]');
  });
});

test('the latest 16 are known, however long the older ones are', () => {
  const oldest = 'the-oldest-and-the-longest-of-them';
  learnSecret(oldest);
  for (let place = 10; place < 26; place += 1) learnSecret(`a-later-one-${place}`);
  expect(hidden(`${oldest} a-later-one-10 a-later-one-25`)).toBe(`${oldest} [14] [14]`);
});

test('what is forgotten is no longer known', () => {
  learnSecret('q7Lk2Vt9Xw4Rb8Zn');
  forgetSecrets();
  expect(hidden('q7Lk2Vt9Xw4Rb8Zn')).toBe('q7Lk2Vt9Xw4Rb8Zn');
});
