/**
 * Adds `Request.prototype.body` where the platform lacks it, as Firefox does: the authorization-server library and
 * `request-body.ts` both read request bodies from that stream (Fetch §2.2.4).
 *
 * @param prototype of the requests that need the property
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
 * Returns a stream of a request's body that takes the body only when somebody reads or cancels it, so that `text()`,
 * `clone()` and the like keep working on a request whose stream was merely looked at. An empty body gives no chunks.
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
    // Without this a stream pulls once before anyone reads.
    { highWaterMark: 0 },
  );
}
