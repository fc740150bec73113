/** The documents of the corpus and how a test reads them. */
import { readFileSync } from 'node:fs';

import { OAuthError } from '#oauth/errors.ts';

/** One document in the shape in which real servers send it, and the right outcome. */
export interface Entry {
  id: string;
  /** Whose habit it is, in one line. */
  habit: string;
  /** Where the habit is described; missing where it is common knowledge. */
  source?: string;
  expected: unknown;
}

/** A response as a file of the corpus writes it. */
export interface WrittenResponse {
  /** 200 if it is missing. */
  status?: number;
  headers?: Record<string, string>;
  /** Any JSON value; a string is sent as it is. */
  body?: unknown;
}

/** Reads a file of the corpus. */
export function readEntries<T extends Entry>(kind: string): T[] {
  return JSON.parse(readFileSync(new URL(`${kind}.json`, import.meta.url), 'utf8')) as T[];
}

/** Returns a written response as fetch returns it: JSON unless its headers say otherwise. */
export function responseOf({ status = 200, headers, body }: WrittenResponse): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Response(body === undefined ? null : text, { status, headers: { ...type, ...headers } });
}

/** Returns how an OAuthError is written in the corpus. @throws any other error */
export function rejection(error: unknown): object {
  if (!(error instanceof OAuthError)) throw error;
  const { serverError, serverDescription } = error.details;
  return {
    outcome: 'rejected',
    code: error.code,
    ...(serverError !== undefined && { error: serverError }),
    ...(serverDescription !== undefined && { description: serverDescription }),
  };
}
