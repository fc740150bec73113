import type { ApiCall } from '#api/authorized-fetch.ts';
import { ApiError } from '#api/errors.ts';
import { resolveWithin } from '#api/resolve-within.ts';
import { parseJson } from '#lib/json.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { type HeaderProblem, readHeaderLines } from './header-lines.ts';

/** The methods that the console offers. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** The form as filled in by the user. */
export interface RequestForm {
  method: Method;
  path: string;
  /** Lines of `name: value`. */
  headers: string;
  body: string;
}

/** A valid request; `url` is the resolved `path`. */
export interface ReadyRequest {
  method: Method;
  path: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/** The request built from a form, or what is wrong with it. `url` is undefined if the path leaves the resource. */
export type CheckedRequest =
  | { kind: 'ready'; request: ReadyRequest }
  | { kind: 'refused'; url: string | undefined; headerProblem: HeaderProblem | undefined };

/** Fetch allows no body with GET. */
export const takesBody = (method: Method): boolean => method !== 'GET';

/** Validates a form against the resource it is for (API-2). */
export function checkRequest(resource: string, form: RequestForm): CheckedRequest {
  const { method, path, body } = form;
  const url = urlBelow(resource, path);
  const lines = readHeaderLines(form.headers);
  if (url === undefined || lines.kind === 'problem') {
    return { kind: 'refused', url, headerProblem: lines.kind === 'problem' ? lines.problem : undefined };
  }
  const sent = takesBody(method) && body !== '' ? body : undefined;
  return { kind: 'ready', request: { method, path: path.trim(), url, headers: lines.headers, body: sent } };
}

/** Converts a request to a call of the API layer. */
export function callOf({ method, headers, body }: ReadyRequest, signal: AbortSignal): ApiCall {
  return omitUndefined({ method, headers: { ...headers }, signal, body });
}

/** Returns whether the body is JSON but the request has no Content-Type. */
export function lacksJsonType({ method, headers, body }: RequestForm): boolean {
  const lines = readHeaderLines(headers);
  return (
    takesBody(method) && parseJson(body) !== undefined && lines.kind === 'headers' && !hasContentType(lines.headers)
  );
}

/** Returns whether the headers include a `Content-Type`. */
export function hasContentType(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
}

function urlBelow(resource: string, path: string): string | undefined {
  try {
    const url = new URL(resolveWithin(resource, path.trim()));
    url.hash = ''; // fragments are not sent
    return url.href;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
