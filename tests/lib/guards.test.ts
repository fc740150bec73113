/** Guards of values that may be anything. */
import { expect, test } from 'vitest';
import { isObject, isOptional, isRecord, isString, isStrings, isText, isTexts } from '#lib/guards.ts';

const VALUES = { nothing: undefined, null: null, text: 'a', empty: '', number: 1, list: ['a'], object: { a: 1 } };

test.for([
  ['isObject', isObject, ['list', 'object']],
  ['isRecord', isRecord, ['object']],
  ['isString', isString, ['text', 'empty']],
  ['isStrings', isStrings, ['list']],
  ['isText', isText, ['text']],
  ['isTexts', isTexts, ['list']],
] as const)('%s', ([, guard, accepted]) => {
  const passing = Object.entries(VALUES).filter(([, value]) => guard(value));
  expect(passing.map(([name]) => name)).toEqual(accepted);
});

test('a list is checked item by item', () => {
  expect([isStrings([]), isStrings(['a', '']), isStrings(['a', 1])]).toEqual([true, true, false]);
  expect([isTexts([]), isTexts(['a', '']), isTexts(['a', 1])]).toEqual([true, false, false]);
});

test('an optional member may be missing but not null or of another type', () => {
  const values = [undefined, 'a', null, 1];
  expect(values.map((value) => isOptional(value, 'string'))).toEqual([true, true, false, false]);
  expect(values.map((value) => isOptional(value, 'number'))).toEqual([true, false, false, true]);
});
