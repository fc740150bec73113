import { describe, expect, test } from 'vitest';
import { readListed } from '#scripts/browsers/listed.mjs';
import { BROWSER_NAMES, BUILD_TARGET, OLDEST_BROWSERS } from '#scripts/browsers/oldest.mjs';
import { isSupported } from '#scripts/browsers/support.mjs';
import { browserWords, faultsOf } from '#scripts/browsers/verdict.mjs';

type Statements = Parameters<typeof isSupported>[0];

describe('Safari 17.4 has a feature', () => {
  test.for<[words: string, statements: Statements, expected: boolean]>([
    ['of an older version', { version_added: '9' }, true],
    ['of the same version', { version_added: '17.4' }, true],
    ['of a newer version', { version_added: '17.5' }, false],
    ['of a much newer version, by number and not alphabetically', { version_added: '100' }, false],
    ['supported since some older version', { version_added: '≤17.1' }, true],
    ['supported since some newer version', { version_added: '≤18' }, false],
    ['not supported by any version', { version_added: false }, false],
    ['in a preview', { version_added: 'preview' }, false],
    ['behind a flag', { version_added: '9', flags: [{ type: 'preference', name: 'x' }] }, false],
    ['with a prefix', { version_added: '9', prefix: '-webkit-' }, false],
    ['under another name', { version_added: '9', alternative_name: 'x' }, false],
    ['in part', { version_added: '9', partial_implementation: true }, false],
    ['removed earlier', { version_added: '9', version_removed: '12' }, false],
    ['removed in this version', { version_added: '9', version_removed: '17.4' }, false],
    ['removed later', { version_added: '9', version_removed: '18' }, true],
    ['removed in a preview', { version_added: '9', version_removed: 'preview' }, true],
    ['by one of several statements', [{ version_added: '18' }, { version_added: '9', version_removed: '18' }], true],
    ['by none of several statements', [{ version_added: '18' }, { version_added: '9', prefix: '-webkit-' }], false],
    ['of unknown support', undefined, false],
  ])('%s: %j, %s', ([, statements, expected]) => {
    expect(isSupported(statements, '17.4')).toBe(expected);
  });
});

test('the build targets the same browsers', () => {
  expect(BUILD_TARGET).toContain(`safari${OLDEST_BROWSERS.safari}`);
  expect(BUILD_TARGET).toContain(`ios${OLDEST_BROWSERS.safari_ios}`);
  expect(BUILD_TARGET).toHaveLength(BROWSER_NAMES.length);
});

const DOCUMENT = `# Browsers

| Browser | Version |
| ------- | ------- |
| Safari  | 17.4    |

| Used by the app                            | Missing in             | Without it  |
| ------------------------------------------ | ---------------------- | ----------- |
| \`URL.parse\`                              | Safari, Safari on iOS  | Constructed |
| \`cursor: pointer\`, \`css.properties.resize\` | Safari on iOS      | No pointer  |

| Used by libraries | Missing in | Why it does no harm |
| :---------------- | ---------- | ------------------- |
| \`setImmediate\`  | all        | Tested for          |
`;

test('the document has a table for the app and one for libraries', () => {
  expect(readListed(DOCUMENT)).toEqual({
    app: [
      { names: ['URL.parse'], browsers: 'Safari, Safari on iOS', reason: 'Constructed', line: 9 },
      {
        names: ['cursor: pointer', 'css.properties.resize'],
        browsers: 'Safari on iOS',
        reason: 'No pointer',
        line: 10,
      },
    ],
    libraries: [{ names: ['setImmediate'], browsers: 'all', reason: 'Tested for', line: 14 }],
  });
});

const finding = (
  name: string,
  key: string,
  browsers: (typeof BROWSER_NAMES)[number][],
  line = 1,
): Parameters<typeof faultsOf>[0][number] => ({
  missing: { name, keys: [key], browsers },
  file: 'src/a.ts',
  line,
  column: 2,
});

const parse = finding('URL.parse', 'api.URL.parse_static', ['safari', 'safari_ios']);
const weeks = finding('getWeekInfo', 'javascript.builtins.Intl.Locale.getWeekInfo', ['firefox']);
const row = { names: ['URL.parse'], browsers: 'Safari, Safari on iOS', reason: 'Constructed', line: 9 };
const judged = (findings: Parameters<typeof faultsOf>[0], rows: (typeof row)[], expected = rows): string =>
  faultsOf(findings, { allowed: rows, expected, document: 'docs/browsers.md' }).join('\n');

describe('the result', () => {
  test('accepts a use that a row lists, by its name, its key, or the end of its key', () => {
    expect(judged([parse], [row])).toBe('');
    expect(judged([parse], [{ ...row, names: ['api.URL.parse_static'] }])).toBe('');
    expect(judged([weeks], [{ ...row, names: ['Intl.Locale.getWeekInfo'], browsers: 'Firefox' }])).toBe('');
  });

  test('reports a use that no row lists once, with positions, browsers and the document', () => {
    const uses = [3, 5, 8, 9, 11].map((line) => ({ ...parse, line }));
    const said = judged(uses, []);
    expect(said).toContain('src/a.ts:3:2\nsrc/a.ts:5:2\nsrc/a.ts:8:2\n  and 2 more\n');
    expect(said).toContain(`URL.parse is missing in Safari ${OLDEST_BROWSERS.safari}, Safari on iOS`);
    expect(said).toContain('api.URL.parse_static');
    expect(said).toContain('docs/browsers.md');
    expect(said.match(/is missing/g)).toHaveLength(1);
  });

  test('does not list another feature by the row of one', () => {
    expect(judged([weeks], [{ ...row, names: ['Info'] }], [])).toContain('getWeekInfo is missing');
  });

  test('reports a row without a use, unless none is expected', () => {
    expect(judged([], [row])).toBe('docs/browsers.md:9  URL.parse is not used, or no longer missing: take it out.');
    expect(judged([], [row], [])).toBe('');
    expect(judged([parse], [{ ...row, names: ['URL.parse', 'resize'] }])).toContain('resize is not used');
  });

  test('reports a row with the wrong browsers, or without a fallback', () => {
    expect(judged([parse], [{ ...row, browsers: 'Safari' }])).toContain('is missing in: Safari, Safari on iOS.');
    expect(judged([parse], [{ ...row, reason: '' }])).toContain('docs/browsers.md:9  A row names');
    expect(judged([], [{ ...row, names: [] }])).toContain('A row names');
  });

  test('has one word for all browsers', () => {
    expect(browserWords(BROWSER_NAMES)).toBe('all');
    expect(browserWords(['chrome', 'safari_ios'])).toBe('Chrome, Safari on iOS');
  });
});
