/**
 * Reads a request's body as text, up to a limit.
 *
 * @param request the request, whose body is consumed
 * @param limit the maximum number of bytes
 * @returns the text, or undefined if the body is longer
 */
export async function readText(request: Request, limit: number): Promise<string | undefined> {
  if (request.body === null) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * Reads the fields of a form post.
 *
 * @param request the request, whose body is consumed
 * @returns the fields, or undefined if the body is not a URL-encoded form or is too long
 */
export async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return undefined;
  const text = await readText(request, 16_384);
  return text === undefined ? undefined : new URLSearchParams(text);
}
