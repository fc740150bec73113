import { expect, test } from 'vitest';

import { withPrefetch } from '#connections/http/prefetch.ts';
import type { FlowContext } from '#oauth/flow-context.ts';

const KEYS = 'https://as.example/jwks';

/** An exchange whose requests are written down, and answered with their number. */
function setUp() {
  const sent: string[] = [];
  const context: FlowContext = {
    fetchFor: (step) => (input) => {
      const count = sent.push(`${step} ${new Request(input).url}`);
      return Promise.resolve(new Response(String(count)));
    },
    onCheck: () => undefined,
    allowLoopbackHttp: false,
  };
  return { context: withPrefetch(context, 'jwks', KEYS), sent };
}

test('what is known to be needed is asked for at once, and its answer is given once', async () => {
  const { context, sent } = setUp();
  expect(sent).toEqual([`jwks ${KEYS}`]);
  const send = context.fetchFor('jwks');
  expect(await (await send(new URL(KEYS))).text()).toBe('1');
  expect(await (await send(KEYS)).text()).toBe('2');
});

test('another address, or another step, has a request of its own', async () => {
  const { context, sent } = setUp();
  await context.fetchFor('jwks')('https://as.example/moved');
  await context.fetchFor('userinfo')(KEYS);
  expect(sent.slice(1)).toEqual(['jwks https://as.example/moved', `userinfo ${KEYS}`]);
});

test('a failure nobody has asked about yet is kept for whoever does', async () => {
  const failing: FlowContext = {
    fetchFor: () => () => Promise.reject(new TypeError('cut off')),
    onCheck: () => undefined,
    allowLoopbackHttp: false,
  };
  const context = withPrefetch(failing, 'jwks', KEYS);
  await new Promise(setImmediate);
  await expect(context.fetchFor('jwks')(KEYS)).rejects.toThrow('cut off');
});
