import { omitUndefined } from '#lib/omit-undefined.ts';
import type { Fields, FlowKind, Trace, TraceBody, TraceEvent } from '#trace/event.ts';
import { parseUrl } from '#trace/url.ts';

import { responsesOf, eventsByFlow, headerOf, type FlowResponse, type EventOf } from './exchanges.ts';

/** The texts for the reader of the file. */
export interface HarLabels {
  /** States that secrets are masked. */
  masked: string;
  flow: (kind: FlowKind, service: string) => string;
  /** States that the page left and the browser does not reveal the response. */
  redirect: string;
  pending: string;
  /** States that a body was not recorded. */
  omitted: string;
}

interface HarOptions {
  words: HarLabels;
  creator: { name: string; version: string };
}

/**
 * Returns a trace as an HTTP archive (HAR 1.2), which the network panels of browsers open. Each request forms an entry with its
 * response, and each outgoing redirect an entry of its own; a request without a response has status 0. Each flow is a page.
 */
export function harOf({ events, bodyOf }: Trace, { words, creator }: HarOptions) {
  const responses = responsesOf(events);
  const entries = events.flatMap((event) => {
    if (event.type === 'request') return [exchangeEntry(event, responses.get(event.id), bodyOf, words)];
    return event.type === 'redirect-out' ? [redirectEntry(event, words.redirect)] : [];
  });
  const pages = eventsByFlow(events).map(([{ flow, kind, service, at }]) => ({
    startedDateTime: new Date(at).toISOString(),
    id: flow,
    title: words.flow(kind, service),
    pageTimings: { onContentLoad: -1, onLoad: -1 },
  }));
  return { log: { version: '1.2', creator, pages, entries, comment: words.masked } };
}

function exchangeEntry(
  request: EventOf<'request'>,
  response: FlowResponse | undefined,
  bodyOf: Trace['bodyOf'],
  words: HarLabels,
) {
  const body = bodyOf(request.id);
  const type = headerOf(request, 'content-type') ?? '';
  return {
    ...entryOf(request, response?.ms ?? 0, 'fetch'),
    request: {
      ...requestOf(request.method, request.url, request.headers),
      bodySize: request.bodySize ?? (body ? -1 : 0),
      ...omitUndefined({ postData: body && { mimeType: type, ...contentOf(body, words.omitted) } }),
    },
    response: responseOf(response, response && bodyOf(response.id), words),
    comment: request.step,
  };
}

function redirectEntry(event: EventOf<'redirect-out'>, comment: string) {
  return {
    ...entryOf(event, 0, 'document'),
    request: { ...requestOf('GET', event.url, []), bodySize: 0 },
    response: NOTHING,
    comment,
  };
}

/**
 * Returns the members that all entries share. The browser does not reveal how long each phase took, so all of the time counts
 * as waiting.
 */
function entryOf({ flow, at }: TraceEvent, ms: number, type: 'fetch' | 'document') {
  return {
    // Chromium's name; HAR reserves names with a leading underscore for custom fields.
    _resourceType: type,
    pageref: flow,
    startedDateTime: new Date(at).toISOString(),
    time: ms,
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: ms, receive: 0 },
  };
}

function requestOf(method: string, url: string, headers: Fields) {
  const parsed = parseUrl(url);
  return {
    method,
    url: parsed?.href ?? url,
    httpVersion: 'unknown',
    cookies: [],
    headers: pairs(headers),
    queryString: pairs([...(parsed?.searchParams ?? [])]),
    headersSize: -1,
  };
}

/** A response that the page could not read. */
const NOTHING = {
  status: 0,
  statusText: '',
  httpVersion: 'unknown',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

function responseOf(response: FlowResponse | undefined, body: TraceBody | undefined, words: HarLabels) {
  switch (response?.type) {
    case undefined:
      return { ...NOTHING, comment: words.pending };
    case 'request-failed':
      return { ...NOTHING, _error: response.reason };
    case 'response': {
      const mimeType = headerOf(response, 'content-type') ?? 'x-unknown';
      return {
        ...NOTHING,
        status: response.status,
        headers: pairs(response.headers),
        content: { size: response.bodySize ?? -1, mimeType, ...(body && contentOf(body, words.omitted)) },
        redirectURL: headerOf(response, 'location') ?? '',
        bodySize: response.bodySize ?? -1,
      };
    }
  }
}

function contentOf(body: TraceBody, omitted: string) {
  switch (body.kind) {
    case 'form':
      return { text: new URLSearchParams(body.fields.map(([name, value]) => [name, value])).toString() };
    case 'json':
      return { text: body.text };
    case 'omitted':
      return { comment: omitted };
  }
}

const pairs = (fields: Fields) => fields.map(([name, value]) => ({ name, value }));
