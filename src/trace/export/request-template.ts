import type { TraceBody } from '#trace/event.ts';

import type { EventOf } from './exchanges.ts';
import { createGaps, type TemplateText } from './placeholders.ts';

/** A recorded request as it can be sent again once its gaps are filled in. */
export interface RequestTemplate {
  method: string;
  url: TemplateText;
  headers: readonly (readonly [name: string, value: TemplateText])[];
  body:
    | { kind: 'none' }
    | { kind: 'text'; text: TemplateText }
    /** Names and values before they are encoded. */
    | { kind: 'form'; fields: readonly (readonly [name: string, value: TemplateText])[] };
}

/** RFC 9110 §5.6.2. Others are remarks of the recorder's, or hostile: curl reads a file for a name that begins with `@`. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** What a terminal or an editor would obey or hide instead of showing it. In JSON it may stand as an escape. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LEFT_OUT: TemplateText = [{ name: 'body' }];

/** The request of an event. `body` is what was kept of it; what was left out is a gap too. */
export function gappedRequest(request: EventOf<'request'>, body: TraceBody | undefined): RequestTemplate {
  const { open, openJson } = createGaps();
  return {
    method: request.method,
    url: request.url
      .replaceAll(UNSEEN, encodeURIComponent)
      .split(/(?<=[?&])/)
      .flatMap((part) => open(part, part.replace(/=.*$/s, '').toLowerCase())),
    headers: request.headers
      .filter(([name]) => TOKEN.test(name))
      .map(([name, value]) => [name, open(value.replaceAll(/\n/g, ' ').replaceAll(UNSEEN, ' '), name)]),
    body: gappedBody(),
  };

  function gappedBody(): RequestTemplate['body'] {
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
      case 'left-out':
        return { kind: 'text', text: LEFT_OUT };
    }
  }
}

/** As JSON and JavaScript write a character that is not to be seen. */
export function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** A long body is cut when it is recorded. */
function isFullyReadable(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}
