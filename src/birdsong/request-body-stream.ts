/**
 * Adds `Request.prototype.body` where the browser lacks it, as Firefox does. The authorization-server library and
 * `request-body.ts` both read request bodies from this stream (Fetch §2.2.4).
 *
 * @param prototype the prototype to patch
 */
export function provideRequestBody(prototype: Request = Request.prototype): void {
  if ('body' in prototype) return;
  const streams = new WeakMap<Request, ReadableStream<Uint8Array>>();
  Object.defineProperty(prototype, 'body', {
    configurable: true,
    enumerable: true,
    get(this: Request): ReadableStream<Uint8Array> | null {
      if (this.method === 'GET' || this.method === 'HEAD') return null;
      const stream = streams.get(this) ?? lazyBody(this);
      streams.set(this, stream);
      return stream;
    },
  });
}

/**
 * Returns a stream that consumes the request's body only when it is read or cancelled, so that `text()`, `clone()` and
 * similar methods still work after code has only accessed the `body` property. An empty body produces no chunks.
 */
function lazyBody(request: Request): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const open = async () => (reader ??= (await request.blob()).stream().getReader());
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await (await open()).read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        await (await open()).cancel(reason);
      },
    },
    // With the default high-water mark, the stream would pull once before the first read.
    { highWaterMark: 0 },
  );
}
