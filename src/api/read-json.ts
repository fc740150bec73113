import { isRecord } from '#lib/guards.ts';

import { ApiError } from './errors.ts';

/**
 * Parses a response body as a JSON object whose members are not validated.
 * @throws ApiError `malformed-response`; its message contains no part of the body
 */
export async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    if (isRecord(body)) return body;
  } catch (cause) {
    throw new ApiError('malformed-response', 'the response is not JSON', { cause, status: response.status });
  }
  throw new ApiError('malformed-response', 'the response is not a JSON object', { status: response.status });
}
