import type { Fields, ReadToken, Trace, TraceEvent } from '#trace/event.ts';

import { responsesOf, eventsByFlow, type FlowResponse } from './exchanges.ts';
import { codeBlock, codeSpan } from './markdown-text.ts';
import type { ReportLabels } from './report-labels.ts';

/** Returns a trace as a Markdown report to paste into an issue: each flow with its steps, requests, responses and checks. */
export function markdownReport({ events, bodyOf }: Trace, words: ReportLabels): string {
  const responses = responsesOf(events);
  const flows = eventsByFlow(events).flatMap((flow) => {
    // A response is reported with its request, or on its own if the request event has been dropped.
    const asked = new Set(flow.filter(({ type }) => type === 'request').map(({ id }) => id));
    const steps = flow.filter((event) => !('request' in event) || !asked.has(event.request));
    const [{ kind, service, at }] = flow;
    return [
      `## ${words.flow(kind, codeSpan(service))}`,
      words.began(new Date(at).toISOString(), steps.length),
      ...steps.flatMap((event, index) => stepText(event, index + 1)),
    ];
  });
  return `${[`# ${words.title}`, words.masked, ...flows].join('\n\n')}\n`;

  function stepText(event: TraceEvent, number: number): string[] {
    const [title, ...rest] = describe(event);
    return [`### ${number}. ${title}`, ...rest];
  }

  function describe(event: TraceEvent): [title: string, ...paragraphs: string[]] {
    switch (event.type) {
      case 'request': {
        const response = responses.get(event.id);
        return [
          words.request(codeSpan(event.method), codeSpan(event.url)),
          words.purpose(codeSpan(event.step)),
          ...message(words.asked, event.headers, event.id, event.tokens),
          ...(response ? responseText(response) : [words.pending]),
        ];
      }
      case 'response':
      case 'request-failed': {
        const [title = '', ...rest] = responseText(event);
        return [title, ...rest];
      }
      case 'redirect-out':
        return [words.redirectOut(codeSpan(pathOf(event.url))), ...fieldBlock(event.parameters)];
      case 'redirect-back':
        return [words.redirectBack(codeSpan(pathOf(event.url))), ...fieldBlock(event.parameters)];
      case 'check': {
        const { rule, outcome, expected, actual } = event;
        return [
          words.check[outcome](codeSpan(rule)),
          ...(expected === undefined ? [] : [words.expected(codeSpan(expected))]),
          ...(actual === undefined ? [] : [words.actual(codeSpan(actual))]),
        ];
      }
      case 'verifier-created':
        return [words.verifierMade(codeSpan(event.challenge))];
      case 'lock-waited':
        return [words.lockWaited(codeSpan(event.lock), event.ms)];
      case 'stored':
        return [words.stored(codeSpan(event.what), event.where, event.names.map(codeSpan))];
      case 'removed':
        return [words.removed(codeSpan(event.what), event.where)];
      case 'metadata-cache-hit':
        return [words.descriptionReused(codeSpan(event.url))];
      case 'retry-declared':
        return [words.retryDeclared];
      case 'token-adopted':
        return [words.tokenAdopted];
      case 'tampered':
        return [words.tampered(codeSpan(event.what), codeSpan(event.from), codeSpan(event.to))];
    }
  }

  function responseText(response: FlowResponse): string[] {
    if (response.type === 'request-failed') return [words.failedAfter(codeSpan(response.reason), response.ms)];
    return [
      words.respondedAfter(codeSpan(String(response.status)), response.ms),
      ...message(words.response, response.headers, response.id, response.tokens),
    ];
  }

  /** Returns headers and body, and the readable contents of their tokens. */
  function message(title: string, headers: Fields, id: number, tokens: readonly ReadToken[] = []): string[] {
    const body = bodyOf(id);
    const blocks = [
      ...fieldBlock(headers),
      ...(body?.kind === 'form' ? fieldBlock(body.fields) : []),
      ...(body?.kind === 'json' ? [codeBlock(body.text, 'json')] : []),
      ...(body?.kind === 'omitted' ? [words.omitted(codeSpan(body.mediaType), body.size)] : []),
      ...tokens.flatMap(tokenText),
    ];
    return blocks.length === 0 ? [] : [title, ...blocks];
  }

  function tokenText(token: ReadToken): string[] {
    const description = words.token[token.form](codeSpan(token.name), codeSpan(token.masked));
    if (token.form === 'opaque') return [description];
    const { header, claims } = token;
    return [description, codeBlock(JSON.stringify({ header, claims }, undefined, 2), 'json')];
  }
}

/** Returns a code block with one line for each field, or nothing. */
function fieldBlock(fields: Fields): string[] {
  const lines = fields.map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n]+/g, ' ')}`);
  return lines.length === 0 ? [] : [codeBlock(lines.join('\n'), '')];
}

/** Returns the URL without its query, whose parameters are listed below it. */
const pathOf = (url: string): string => url.replace(/\?.*$/s, '');
