import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { WorkerControl, WorkerState } from '#app/service-worker/registration.ts';
import { fetchThroughWorker } from '#app/service-worker/worker-fetch.ts';
import { createObservable } from '#lib/observable.ts';

const APP = 'https://planner.example';
const TOKEN = { method: 'POST', body: 'token=secret', keepalive: true };

let sent: [input: string | URL | Request, init: RequestInit | undefined][];
beforeEach(() => {
  sent = [];
  vi.stubGlobal('location', new URL(`${APP}/planner/`));
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    sent.push([input, init]);
    return new Response();
  });
});
afterEach(() => vi.unstubAllGlobals());

function worker(initial: WorkerState) {
  const state = createObservable<WorkerState>(initial);
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const control: WorkerControl = { state, settled };
  const become = (next: WorkerState): void => {
    state.set(next);
    settle();
  };
  return { control, become };
}

/** Records the requests that the platform's fetch would send. */
const requests = () => sent.map(([input, init]) => new Request(input, init));

test('removes keepalive from a request to this origin, because Firefox would bypass the worker', async () => {
  const fetch = fetchThroughWorker(worker('ready').control);
  await fetch(`${APP}/birdsong/revoke`, TOKEN);
  await fetch(new Request(`${APP}/birdsong/register/1`, { method: 'DELETE', keepalive: true }));
  await fetch('https://service.example/revoke', TOKEN);
  expect(requests().map(({ url, keepalive }) => [url, keepalive])).toEqual([
    [`${APP}/birdsong/revoke`, false],
    [`${APP}/birdsong/register/1`, false],
    ['https://service.example/revoke', true],
  ]);
});

test('delays a request to this origin until the worker responds, and no other request', async () => {
  const { control, become } = worker('starting');
  const fetch = fetchThroughWorker(control);
  const here = fetch(`${APP}/birdsong/token`, TOKEN);
  await fetch('https://service.example/token', TOKEN);
  expect(sent.map(([url]) => url)).toEqual(['https://service.example/token']);
  become('ready');
  await here;
  expect(sent.map(([url]) => url)).toEqual(['https://service.example/token', `${APP}/birdsong/token`]);
});

test.each(['missing', 'blocked', 'insecure'] as const)(
  'sends none to this origin if the worker is %s',
  async (state) => {
    const { control, become } = worker('starting');
    const here = fetchThroughWorker(control)(`${APP}/birdsong/token`, TOKEN);
    become(state);
    await expect(here).rejects.toMatchObject({ code: 'worker-unavailable' });
    expect(sent).toEqual([]);
  },
);
