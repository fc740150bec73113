import { expect, test } from 'vitest';

import { withPrefetch } from '#connections/http/prefetch.ts';
import type { FlowContext } from '#oauth/flow-context.ts';

const KEYS = 'https://as.example/jwks';

/** A flow context that records its requests and responds with their number. */
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

test('sends known requests at once, and returns each response once', async () => {
  const { context, sent } = setUp();
  expect(sent).toEqual([`jwks ${KEYS}`]);
  const send = context.fetchFor('jwks');
  expect(await (await send(new URL(KEYS))).text()).toBe('1');
  expect(await (await send(KEYS)).text()).toBe('2');
});

test('sends a separate request for another URL or another step', async () => {
  const { context, sent } = setUp();
  await context.fetchFor('jwks')('https://as.example/moved');
  await context.fetchFor('userinfo')(KEYS);
  expect(sent.slice(1)).toEqual(['jwks https://as.example/moved', `userinfo ${KEYS}`]);
});

test('keeps a failure until the request is made', async () => {
  const failing: FlowContext = {
    fetchFor: () => () => Promise.reject(new TypeError('cut off')),
    onCheck: () => undefined,
    allowLoopbackHttp: false,
  };
  const context = withPrefetch(failing, 'jwks', KEYS);
  await new Promise(setImmediate);
  await expect(context.fetchFor('jwks')(KEYS)).rejects.toThrow('cut off');
});
