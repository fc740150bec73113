import { ApiError } from './errors.ts';

/**
 * The body of an answer as a JSON object, members unvalidated.
 * @throws ApiError `malformed-response`; no part of the body is in its message
 */
export async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  } catch (cause) {
    throw new ApiError('malformed-response', 'the response is not JSON', { cause, status: response.status });
  }
  throw new ApiError('malformed-response', 'the response is not a JSON object', { status: response.status });
}
