import type { TraceBody } from '#trace/event.ts';

import { curlCommand, type CurlRequest } from './curl-command.ts';
import type { EventOf } from './exchanges.ts';
import { placeholderNames, type TemplateText } from './placeholders.ts';
import { requestTemplate, type RequestTemplate } from './request-template.ts';
import { shellWord, type ShellText } from './shell-text.ts';

/**
 * Returns a recorded request as a command for a POSIX shell. Each secret becomes a variable, with an assignment before the
 * command for the user to complete: `ACCESS_TOKEN='<access token>'`. The assignment is always included, so that no variable of
 * the user's own environment is sent to a server that an imported trace names.
 */
export function asCurl(request: EventOf<'request'>, body: TraceBody | undefined): string {
  const template = requestTemplate(request, body);
  const texts = [template.url, ...template.headers.map(([, value]) => value), ...bodyTexts(template.body)];
  const settings = placeholderNames(texts).map((name) => `${variableOf(name)}=${shellWord([`<${name}>`])}`);
  const command = curlCommand({
    method: template.method,
    url: shellText(template.url),
    headers: template.headers.map(([name, value]) => [name, shellText(value)]),
    data: dataOf(template.body),
  });
  return [...settings, command].join('\n');
}

function bodyTexts(body: RequestTemplate['body']): readonly TemplateText[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'text':
      return [body.text];
    case 'form':
      return body.fields.map(([, value]) => value);
  }
}

function dataOf(body: RequestTemplate['body']): CurlRequest['data'] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'text':
      return [['--data-raw', shellText(body.text)]];
    case 'form':
      return body.fields.map(([name, value]) => formField(name, value));
  }
}

/** Returns the curl option for a form field. curl encodes the values that the user fills in; the others are already encoded. */
function formField(name: string, value: TemplateText): CurlRequest['data'][number] {
  if (placeholderNames([value]).length > 0)
    return ['--data-urlencode', [`${encodeURIComponent(name)}=`, ...shellText(value)]];
  return [
    '--data-raw',
    [new URLSearchParams([[name, value.map((part) => (typeof part === 'string' ? part : '')).join('')]]).toString()],
  ];
}

const shellText = (text: TemplateText): ShellText =>
  text.map((part) => (typeof part === 'string' ? part : { variable: variableOf(part.name) }));

const variableOf = (placeholder: string): string => placeholder.toUpperCase().replaceAll(' ', '_');
