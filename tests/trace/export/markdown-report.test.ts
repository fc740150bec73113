import fc from 'fast-check';
import { Lexer, type Token, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';

import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace, TraceStep } from '#trace/event.ts';
import { markdownReport } from '#trace/export/markdown-report.ts';
import { codeBlock, codeSpan } from '#trace/export/markdown-text.ts';
import { anyTrace, REQUEST, traceOfSteps } from '#tests/support/traces.ts';

const report = (trace: Trace): string => markdownReport(trace, inspectorExport.report);

/** Renders a text as a Markdown reader does, including GitHub's bare links. */
function tokensOf(markdown: string): Token[] {
  const all: Token[] = [];
  for (const token of new Lexer({ gfm: true }).lex(markdown)) walk(token, all);
  return all;
}
function walk(token: Token, all: Token[]): void {
  all.push(token);
  for (const child of ('tokens' in token ? token.tokens : undefined) ?? []) walk(child, all);
}
const textsOf = (tokens: Token[], type: string) =>
  tokens.filter((token) => token.type === type).map((token) => (token as Tokens.Text).text);

const HOSTILE = [
  '](https://evil.example)',
  '[click](javascript:alert(1))',
  '![beacon](https://evil.example/x.png)',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  'https://evil.example www.evil.example me@evil.example',
  '`',
  '``` \n# Heading',
  '~~~',
  '\n\n# Heading\n\n- list',
  '\n[a]: https://evil.example\n',
  '| a | b |\n|---|---|',
  '&lt;b&gt;',
  '\u202Eright to left',
  '\u0000\u001b[31m',
  '@maintainer #1',
  '``',
  ' ` ',
  '\\',
  '\r# Heading',
  '\u2028# x',
  '    indented',
  '> quote',
  '***',
  '===',
  '```\n```',
];
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE, 'a', ' ', '\n'), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string(),
);

const EXPECTED_TYPES = new Set(['heading', 'paragraph', 'text', 'codespan', 'code', 'space', 'strong']);

describe('a trace as a report in Markdown', () => {
  test('lists each flow with its steps, requests, responses and checks', () => {
    const written = report(
      traceOfSteps(
        [
          REQUEST,
          {
            type: 'response',
            step: 's',
            request: 1,
            status: 200,
            headers: [['content-type', 'application/json']],
            ms: 38,
          },
          { type: 'check', rule: 'token-type-is-known', outcome: 'passed' },
          {
            type: 'check',
            rule: 'issuer-matches',
            outcome: 'failed',
            expected: 'https://as.example',
            actual: 'https://evil.example',
          },
        ],
        { 0: { kind: 'form', fields: [['code', '•••••• (8 characters)']] }, 1: { kind: 'json', text: '{}' } },
      ),
    );
    expect(written).toBe(`# What happened on the wire

${inspectorExport.report.masked}

## Connect \`Birdsong\`

Started 2026-11-26T09:00:00.000Z, 3 steps.

### 1. \`POST\` \`https://as.example/token\`

Purpose: \`token-request\`

Request:

\`\`\`
content-type: application/x-www-form-urlencoded;charset=UTF-8
\`\`\`

\`\`\`
code: •••••• (8 characters)
\`\`\`

Response: \`200\` after 38 ms.

Response:

\`\`\`
content-type: application/json
\`\`\`

\`\`\`json
{}
\`\`\`

### 2. Check passed: \`token-type-is-known\`

### 3. **Check failed**: \`issuer-matches\`

Expected: \`https://as.example\`

Actual: \`https://evil.example\`
`);
  });

  test('contains no link, image, markup or heading, whatever a server or a file says', () => {
    const steps: fc.Arbitrary<TraceStep> = fc.oneof(
      text.map((url) => ({
        ...REQUEST,
        method: url,
        url,
        step: url,
        headers: [[url, url]] as const,
        tokens: [{ name: url, form: 'jwt' as const, masked: url, header: { [url]: url }, claims: {} }],
      })),
      text.map((reason) => ({ type: 'request-failed' as const, step: reason, request: 1, reason, ms: 1 })),
      text.map((rule) => ({ type: 'check' as const, rule, outcome: 'failed' as const, expected: rule, actual: rule })),
      text.map((url) => ({ type: 'redirect-back' as const, url, parameters: [[url, url]] as const })),
      text.map((what) => ({ type: 'stored' as const, where: 'IndexedDB' as const, what, names: [what] })),
      text.map((what) => ({ type: 'tampered' as const, what, from: what, to: what })),
    );
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 5 }), text, text, (list, service, json) => {
        const trace = traceOfSteps(list, { 0: { kind: 'json', text: json } });
        const tokens = tokensOf(report({ ...trace, events: trace.events.map((event) => ({ ...event, service })) }));
        expect(tokens.filter(({ type }) => !EXPECTED_TYPES.has(type))).toEqual([]);
        const isAnswer = ({ type }: TraceStep) => type === 'request-failed' && list[0]?.type === 'request';
        const headings = 2 + list.filter((step) => !isAnswer(step)).length;
        expect(tokens.filter(({ type }) => type === 'heading')).toHaveLength(headings);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the content of a code span or a code block, except for invisible characters', () => {
    fc.assert(
      fc.property(
        text.filter((one) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(one) && one.trim() !== ''),
        (one) => {
          const spans = textsOf(tokensOf(`a ${codeSpan(one)} b`), 'codespan');
          expect(spans).toHaveLength(1);
          expect(spans[0]?.trim()).toBe(one.trim());
          expect(textsOf(tokensOf(codeBlock(one, '')), 'code')).toEqual([one]);
        },
      ),
    );
    expect(codeSpan('a\u202Eb\nc')).toBe('`a<U+202E>b<U+000A>c`');
  });

  test('can be written for any trace', () => {
    fc.assert(fc.property(anyTrace, (trace) => report(trace).startsWith(`# ${inspectorExport.report.title}`)));
  });
});
