import type { TraceBody } from '#trace/event.ts';

import type { EventOf } from './exchanges.ts';
import type { TemplateText } from './placeholders.ts';
import { escaped, requestTemplate, type RequestTemplate } from './request-template.ts';

/**
 * Returns a recorded request as JavaScript for a browser console or a module, which stores the response in `response`. Each
 * secret becomes a placeholder to replace: `"Bearer <access token>"`.
 */
export function asFetch(request: EventOf<'request'>, body: TraceBody | undefined): string {
  const template = requestTemplate(request, body);
  const lines = [
    `method: ${literal([template.method])},`,
    // Use pairs: in an object literal, "__proto__" would not become a header.
    ...(template.headers.length === 0 ? [] : ['headers: [', ...template.headers.map(headerLine), '],']),
    ...bodyLines(template.body),
  ];
  return [`const response = await fetch(${literal(template.url)}, {`, ...lines.map((line) => `  ${line}`), '});'].join(
    '\n',
  );
}

const headerLine = ([name, value]: readonly [string, TemplateText]): string =>
  `  [${literal([name])}, ${literal(value)}],`;

function bodyLines(body: RequestTemplate['body']): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'text':
      return [`body: ${literal(body.text)},`];
    case 'form':
      return ['body: new URLSearchParams([', ...body.fields.map(headerLine), ']),'];
  }
}

/** Returns a JavaScript string literal in printable ASCII. */
function literal(text: TemplateText): string {
  const written = text.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('');
  return JSON.stringify(written).replaceAll(/[^\x20-\x7e]/gu, escaped);
}
