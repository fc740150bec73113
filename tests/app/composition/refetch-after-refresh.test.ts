import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { ApiError } from '#api/errors.ts';
import { refetchAfterRefresh } from '#app/composition/refetch-after-refresh.ts';
import type { ConnectionStatus, ConnectionView } from '#connections/store/connection-view.ts';
import { connectionView } from '#tests/support/views.ts';

const CONNECTED: ConnectionStatus = { kind: 'connected', refreshesItself: true };
const WAITING: ConnectionStatus = { kind: 'waiting', until: 5, because: 'unreachable' };

let client: QueryClient;
beforeEach(() => (client = new QueryClient({ defaultOptions: { queries: { retry: false } } })));
afterEach(() => client.clear());

/** Connections of which one, c1, changes its state. */
function connectionsIn(status: ConnectionStatus) {
  const listeners = new Set<() => void>();
  let views: ConnectionView[] = [];
  const become = (next: ConnectionStatus): void => {
    views = [connectionView({ id: 'c1', status: next }), connectionView({ id: 'c2', status: CONNECTED })];
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => boolean) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  refetchAfterRefresh({ views: () => views, subscribe }, client);
  become(status);
  return { become };
}

/** A query of a mounted screen. */
function read(queryKey: [what: string, connectionId: string], answer: () => Promise<string>) {
  let asked = 0;
  const queryFn = (): Promise<string> => {
    asked += 1;
    return answer();
  };
  const observer = new QueryObserver<string>(client, { queryKey, queryFn, staleTime: Infinity });
  observer.subscribe(() => undefined);
  return { asked: () => asked, result: () => observer.getCurrentResult() };
}

test('REF-5: refetches what failed while a connection waited, once it is back', async () => {
  const connections = connectionsIn(CONNECTED);
  let isDown = true;
  const statistics = read(['statistics', 'c1'], () =>
    isDown ? Promise.reject(new ApiError('unreachable', 'no answer')) : Promise.resolve('12 likes'),
  );
  await expect.poll(() => statistics.result().isError).toBe(true);
  connections.become(WAITING);
  isDown = false;
  connections.become({ kind: 'refreshing' });
  expect(statistics.asked()).toBe(1);
  connections.become(CONNECTED);
  await expect.poll(() => statistics.result().data).toBe('12 likes');
  expect(statistics.asked()).toBe(2);
});

test('REF-5: does not refetch what succeeded, what belongs to another connection, or after an ordinary refresh', async () => {
  const connections = connectionsIn(CONNECTED);
  const fails = (): Promise<string> => Promise.reject(new ApiError('unreachable', 'no answer'));
  const known = read(['known', 'c1'], () => Promise.resolve('known'));
  const mine = read(['statistics', 'c1'], fails);
  const others = read(['statistics', 'c2'], fails);
  await expect.poll(() => mine.result().isError && others.result().isError && known.result().isSuccess).toBe(true);
  connections.become({ kind: 'refreshing' });
  connections.become(CONNECTED);
  expect(mine.asked()).toBe(1);
  connections.become(WAITING);
  connections.become({ kind: 'refreshing' });
  connections.become(CONNECTED);
  await expect.poll(mine.asked).toBe(2);
  expect([known.asked(), others.asked()]).toEqual([1, 1]);
});
