import { expect, expectTypeOf, test } from 'vitest';
import { omitUndefined } from '#lib/omit-undefined.ts';

test('drops the members that are undefined and keeps every other value', () => {
  const left: { name?: string } = {};
  const kept = omitUndefined({ kind: 'all', name: left.name, nothing: null, no: false, zero: 0, empty: '' });
  expect(Object.entries(kept)).toEqual([
    ['kind', 'all'],
    ['nothing', null],
    ['no', false],
    ['zero', 0],
    ['empty', ''],
  ]);
});

test('keeps members named by a symbol, as the options of a library may be', () => {
  const named = Symbol('named');
  expect(omitUndefined({ [named]: 1, other: undefined })[named]).toBe(1);
});

test('leaves its argument as it was', () => {
  const given = { name: undefined };
  omitUndefined(given);
  expect('name' in given).toBe(true);
});

test('types members that may be undefined as optional, and the others as they are', () => {
  const left: { name?: string } = {};
  const kept = omitUndefined({ kind: 'one', name: left.name });
  expectTypeOf(kept).toExtend<{ kind: 'one'; name?: string }>();
  expectTypeOf(kept).not.toExtend<{ name: string }>();
});
