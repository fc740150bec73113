/** Observables and listeners. */
import { expect, test } from 'vitest';
import { createListeners, createObservable } from '#lib/observable.ts';

test('an observable has its new value when it notifies its subscribers', () => {
  const value = createObservable(1);
  const seen: number[] = [];
  value.subscribe(() => seen.push(value.get()));
  value.set(2);
  value.set(3);
  expect(seen).toEqual([2, 3]);
});

test('listeners are called in order, with what they are notified about, until they unsubscribe', () => {
  const { subscribe, notify } = createListeners<string>();
  const heard: (string | undefined)[][] = [];
  const unsubscribe = subscribe((about) => heard.push(['first', about]));
  subscribe((about) => heard.push(['second', about]));
  notify('event');
  unsubscribe();
  notify();
  expect(heard).toEqual([
    ['first', 'event'],
    ['second', 'event'],
    ['second', undefined],
  ]);
});
