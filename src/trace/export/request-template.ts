import { parseJson } from '#lib/json.ts';
import type { TraceBody } from '#trace/event.ts';

import type { EventOf } from './exchanges.ts';
import { createPlaceholders, type TemplateText } from './placeholders.ts';

/** A recorded request that can be sent again once its placeholders are filled in. */
export interface RequestTemplate {
  method: string;
  url: TemplateText;
  headers: readonly (readonly [name: string, value: TemplateText])[];
  body:
    | { kind: 'none' }
    | { kind: 'text'; text: TemplateText }
    /** Names and values before encoding. */
    | { kind: 'form'; fields: readonly (readonly [name: string, value: TemplateText])[] };
}

/** RFC 9110 §5.6.2. Other names are notes of the recorder or hostile: for a header that begins with `@`, curl reads a file. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** Characters that a terminal or an editor would interpret or hide instead of showing. JSON may contain them as escapes. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LEFT_OUT: TemplateText = [{ name: 'body' }];

/** Returns the template for a request event. `body` is the recorded body; an omitted body becomes a placeholder too. */
export function requestTemplate(request: EventOf<'request'>, body: TraceBody | undefined): RequestTemplate {
  const { open, openJson } = createPlaceholders();
  return {
    method: request.method,
    url: request.url
      .replaceAll(UNSEEN, encodeURIComponent)
      .split(/(?<=[?&])/)
      .flatMap((part) => open(part, part.replace(/=.*$/s, '').toLowerCase())),
    headers: request.headers
      .filter(([name]) => TOKEN.test(name))
      .map(([name, value]) => [name, open(value.replaceAll(/\n/g, ' ').replaceAll(UNSEEN, ' '), name)]),
    body: templateBody(),
  };

  function templateBody(): RequestTemplate['body'] {
    switch (body?.kind) {
      case undefined:
        return { kind: 'none' };
      case 'form':
        return { kind: 'form', fields: body.fields.map(([name, value]) => [name, open(value, name.toLowerCase())]) };
      case 'json':
        return {
          kind: 'text',
          text: isFullyReadable(body.text) ? openJson(body.text.replaceAll(UNSEEN, escaped)) : LEFT_OUT,
        };
      case 'omitted':
        return { kind: 'text', text: LEFT_OUT };
    }
  }
}

/** Escapes an invisible character as JSON and JavaScript do. */
export function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** Returns true if the JSON is complete: a long body is cut when it is recorded. */
const isFullyReadable = (json: string): boolean => parseJson(json) !== undefined;
