import data from '@mdn/browser-compat-data/forLegacyNode';
import { describe, expect, test } from 'vitest';
import { inspect } from '#scripts/browsers/inspect.mjs';

// Fixed here, because the browsers that the app supports will change.
const oldest = { chrome: '124', edge: '124', firefox: '140', safari: '17.4', safari_ios: '17.4' };

const findings = (file: string, source: string) => inspect([{ file, source }], data, oldest);
const missingIn = (file: string, source: string): string[] => findings(file, source).map(({ missing }) => missing.name);

describe('a script', () => {
  test.for([
    ['a global', 'new URLPattern({ pathname })', ['URLPattern']],
    ['a global behind typeof', "typeof Temporal === 'object'", ['Temporal']],
    ['a global through its object', 'globalThis.requestIdleCallback?.(work)', ['requestIdleCallback']],
    ['the same with window', "window['requestIdleCallback'](work)", ['requestIdleCallback']],
    ['the same with self', 'self.requestIdleCallback(work)', ['requestIdleCallback']],
    ['a static member', 'URL.parse(address)', ['URL.parse']],
    ['a static member of the language', 'Promise.try(work); Iterator.from(list)', ['Promise.try', 'Iterator.from']],
    ['a destructured static member', 'const { parse } = URL;', ['URL.parse']],
    ['a member of Intl', 'new Intl.DurationFormat()', ['Intl.DurationFormat']],
    ['a member of a new object', 'new Intl.Locale(tag).getWeekInfo()', ['Intl.Locale.getWeekInfo']],
    ['a member of a const', 'const spoken = new Intl.Locale(tag); spoken.getWeekInfo()', ['Intl.Locale.getWeekInfo']],
    ['a member through a prototype', "'moveBefore' in Element.prototype", ['Element.moveBefore']],
    ['a member of a well-known object', 'navigator.userAgentData', ['navigator.userAgentData']],
    ['the same through the global object', 'window.navigator.userAgentData', ['navigator.userAgentData']],
    [
      'the same behind a type',
      '(navigator as Navigator & { userAgentData?: object }).userAgentData',
      ['navigator.userAgentData'],
    ],
    ['a member tested by name', "'userAgentData' in navigator", ['navigator.userAgentData']],
    [
      'a member of a member',
      'navigator.storage.getDirectory(); crypto.subtle.encapsulateKey(a, b)',
      ['crypto.subtle.encapsulateKey'],
    ],
    [
      'a member that no interface has everywhere',
      'bytes.toBase64(); list.moveBefore(a, b)',
      ['toBase64', 'moveBefore'],
    ],
    ['the same in brackets', "bytes?.['toBase64']()", ['toBase64']],
    ['a member of a string', "'a'.toBase64", ['toBase64']],
    ['the same, declared by a type', 'interface Bytes { toBase64(): string } (a as Bytes).toBase64()', ['toBase64']],
    ['a global that is only declared', 'declare const navigation: Navigation; navigation.navigate(a)', ['navigation']],
    ['a style', "field.style.fieldSizing = 'content'", ['fieldSizing']],
    ['an event', "navigation.addEventListener('navigate', go)", ['navigation']],
    ['an event of an unknown target', "panel.addEventListener('scrollsnapchange', go)", ['scrollsnapchange event']],
    ['a handler of an event', 'panel.onscrollsnapchange = go', ['scrollsnapchange event']],
    ['an element', "document.createElement('selectedcontent')", ['<selectedcontent>']],
  ] as const)('reports %s: %s', ([, source, names]) => {
    expect(missingIn('a.ts', source)).toEqual(names);
  });

  test.for([
    [
      'what all browsers support',
      'URL.canParse(a); AbortSignal.any([a]); Promise.withResolvers(); Array.fromAsync(a); navigator.locks',
    ],
    [
      'well-known objects',
      'navigator.storage.estimate(); crypto.subtle.digest(a, b); performance.now(); history.state',
    ],
    ['what only some interface lacks', 'list.take; list.take(3); const o = { take: 1 }; array.at(-1); set.has(1)'],
    ['unknown names', 'state.planned; frobnicate()'],
    [
      'a name declared in the script',
      'function f(Temporal) { return Temporal; } import { navigation } from "./a.ts"; navigation.on()',
    ],
    ['the same, hoisted', 'scheduler.planned(); { var scheduler = mine; }'],
    [
      'the same, in a pattern',
      'const { a: { b: [scheduler = 1, ...rest] } } = mine; scheduler; for (const Temporal of mine) Temporal;',
    ],
    ['a member name', 'const view = { Temporal: 1 }; view.Temporal; class A { URLPattern = 1 }'],
    ['a member of the program itself', "const bytes = { toBase64: () => '' }; bytes.toBase64()"],
    ['the same, of a class', 'class Bytes { toBase64() {} } bytes.toBase64()'],
    ['a class name of a style sheet', "import styles from './a.module.css'; styles.moveBefore"],
    ['a type', 'let a: Temporal.Instant; type B = URLPattern; interface C { moveBefore(): void }'],
    ['a comment and a string', "// navigation\nlog('navigation.navigate()')"],
    [
      'an event that all have',
      "window.addEventListener('storage', go); panel.onclick = go; addEventListener('popstate', go)",
    ],
  ] as const)('accepts %s: %s', ([, source]) => {
    expect(missingIn('a.ts', source)).toEqual([]);
  });

  test('a name of one function is not a name of the next', () => {
    expect(findings('a.js', 'function f(navigation) { navigation; }\nfunction g() { navigation; }')).toMatchObject([
      { missing: { name: 'navigation' }, line: 2, column: 16 },
    ]);
  });

  test('lines and columns count from 1', () => {
    expect(findings('a.ts', '\nnavigation\n')).toMatchObject([{ line: 2, column: 1 }]);
  });

  test('a member that another file of the program declares belongs to the program', () => {
    const use = { file: 'a.ts', source: 'view.moveBefore()' };
    const component = { file: 'b.tsx', source: '<List moveBefore={go} />' };
    expect(inspect([use], data, oldest)).toHaveLength(1);
    expect(inspect([use, component], data, oldest)).toEqual([]);
    expect(inspect([use, { ...component, source: '<ul moveBefore={go} />' }], data, oldest)).toHaveLength(1);
  });

  test('checks elements in JSX', () => {
    const source = '<dialog closedby="any" open><ul inert popover="auto" /><input type="week" onClick={go} /></dialog>';
    expect(missingIn('a.tsx', source)).toEqual(['<dialog closedby>', '<input type="week">']);
    expect(missingIn('a.tsx', '<List closedby="any" />')).toEqual([]);
    expect(missingIn('a.tsx', '<svg strokeWidth={2} viewBox="0 0 1 1"><path pathLength={1} /></svg>')).toEqual([]);
    expect(missingIn('a.tsx', '<ul onScrollSnapChange={go} />')).toEqual(['scrollsnapchange event']);
  });

  test('reports markup and style in templates at their position', () => {
    const source =
      'const a = html`<p>${b}\n</p>\n  <dialog ${c} closedby="any">`;\nconst d = /* css */ `\n p { field-sizing: content; }`;';
    for (const file of ['a.ts', 'a.js'])
      expect(findings(file, source)).toMatchObject([
        { missing: { name: '<dialog closedby>' }, line: 3, column: 16 },
        { missing: { name: 'field-sizing' }, line: 5, column: 6 },
      ]);
    expect(missingIn('a.ts', 'const d = `p { field-sizing: content; }`;')).toEqual([]);
  });

  test('reports the position of a name, also after multi-byte characters', () => {
    expect(findings('src/a.ts', '// é’😀\n\nlog("’", URL.parse(a));')).toMatchObject([
      { file: 'src/a.ts', line: 3, column: 14, missing: { keys: ['api.URL.parse_static'] } },
    ]);
  });

  test('reports a file that cannot be parsed', () => {
    expect(() => findings('src/a.ts', 'const = 1')).toThrow('src/a.ts cannot be parsed');
  });
});

describe('a style sheet', () => {
  test.for([
    ['a property', 'p { field-sizing: content; }', ['field-sizing']],
    [
      'more properties',
      'p { interpolate-size: allow-keywords; anchor-name: --a; }',
      ['interpolate-size', 'anchor-name'],
    ],
    ['a keyword', 'p { text-wrap: pretty; display: grid-lanes; }', ['text-wrap: pretty', 'display: grid-lanes']],
    ['a function', 'p { color: light-dark(red, blue); }', ['light-dark()']],
    ['a function in a custom property', 'p { --a: light-dark(red, blue); }', ['light-dark()']],
    ['a function in a function', 'p { width: max(1px, calc-size(auto, size)); }', ['calc-size()']],
    ['a function of this property', 'p { width: fit-content(9px); }', ['fit-content()']],
    ['an at-rule', '@starting-style { p { opacity: 0; } }', ['@starting-style']],
    ['an at-rule in a rule', 'p { @starting-style { opacity: 0; } }', ['@starting-style']],
    ['a descriptor', '@font-face { font-width: 1; }', ['@font-face font-width']],
    ['a media feature', '@media (prefers-reduced-data: reduce) { }', ['@media prefers-reduced-data']],
    ['a container query', '@container style(--a: b) { }', ['@container style_queries_for_custom_properties']],
    ['a pseudo-class', 'details:open { }', [':open']],
    ['a pseudo-element', 'details::details-content { }', ['::details-content']],
    ['a unit', 'p { width: 2rcap; }', ['rcap']],
    ['a feature that @supports tests', '@supports (field-sizing: content) { p { color: red; } }', ['field-sizing']],
    ['a feature that @supports selects', '@supports selector(:open) { p { color: red; } }', [':open']],
  ] as const)('reports %s: %s', ([, source, names]) => {
    expect(missingIn('a.css', source)).toEqual(names);
  });

  test.for([
    'p { color: color-mix(in srgb, red 50%, transparent); height: 100dvh; width: 10cqw; display: grid; }',
    'p:has(a:focus-visible) { &:hover { inset: 0; } } p::backdrop { }',
    '@layer a { } @container (width > 10px) { } @media (400px <= width) and (min-width: 4px) { } @property --a { syntax: "*"; }',
    // With a prefix, or custom.
    'p { -webkit-line-clamp: 3; --field-sizing: content; --a: pretty; width: -moz-available; } p::-webkit-scrollbar { }',
    'p { grid-template-columns: fit-content(9px); width: fit-content; }',
    'p { color: rgb(1 2 3 / 50%); transition: opacity 1s linear; transform: rotate(1deg); animation: pretty 1s; }',
  ])('accepts what all browsers support: %s', (source) => {
    expect(missingIn('a.css', source)).toEqual([]);
  });

  test('reports the position of the declaration or word', () => {
    expect(findings('a.css', '/* ’ */\np {\n  text-wrap:\n    pretty;\n}')).toMatchObject([{ line: 4, column: 5 }]);
  });

  test('reports a file that cannot be parsed', () => {
    expect(() => findings('src/a.css', 'p { color }')).toThrow('src/a.css cannot be parsed');
  });
});

test('checks the elements and attributes of a page', () => {
  const page =
    '<!doctype html>\n<html lang="en">\n<script async blocking="render" src="/a.js"></script>\n<dialog open></dialog>';
  expect(findings('index.html', page)).toMatchObject([
    { missing: { name: '<script blocking>', browsers: ['firefox', 'safari', 'safari_ios'] }, line: 3, column: 15 },
  ]);
  expect(missingIn('index.html', '<!doctype html><p inert><img fetchpriority="high" loading="lazy"></p>')).toEqual([]);
});

test('reports the browsers that support none of the features that a name may mean', () => {
  // In Chrome 124 elements lack it, but documents have it.
  expect(findings('a.ts', 'view.startViewTransition()')).toMatchObject([
    { missing: { browsers: ['firefox', 'safari', 'safari_ios'] } },
  ]);
});
