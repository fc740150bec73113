import type { ApiCall } from '#api/authorized-fetch.ts';
import { ApiError } from '#api/errors.ts';
import { resolveWithin } from '#api/resolve-within.ts';

import { type HeaderProblem, readHeaderLines } from './header-lines.ts';

/** The methods that the console offers. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What a person has filled in. */
export interface RequestForm {
  method: Method;
  path: string;
  /** Lines of `name: value`. */
  headers: string;
  body: string;
}

/** A request that may be sent: `url` is where `path` leads. */
export interface ReadyRequest {
  method: Method;
  path: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/** A form as a request, or what is wrong with it. `url` is undefined where the path leaves the resource. */
export type CheckedRequest =
  | { kind: 'ready'; request: ReadyRequest }
  | { kind: 'refused'; url: string | undefined; headerProblem: HeaderProblem | undefined };

/** Fetch takes no body with GET. */
export const takesBody = (method: Method): boolean => method !== 'GET';

/** Checks a form against the resource that it is for (API-2). */
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

/** A request as the API layer takes it. */
export function callOf({ method, headers, body }: ReadyRequest, signal: AbortSignal): ApiCall {
  return { method, headers: { ...headers }, signal, ...(body !== undefined && { body }) };
}

/** Whether a request with this body should say that it is JSON, and does not say what it is. */
export function lacksJsonType({ method, headers, body }: RequestForm): boolean {
  const lines = readHeaderLines(headers);
  return takesBody(method) && isJson(body) && lines.kind === 'headers' && !hasContentType(lines.headers);
}

/** Whether a `Content-Type` is among the headers. */
export function hasContentType(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
}

function urlBelow(resource: string, path: string): string | undefined {
  try {
    const url = new URL(resolveWithin(resource, path.trim()));
    url.hash = ''; // it is not sent
    return url.href;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
