const ALLOWED_METHODS = 'GET, HEAD, POST, DELETE, OPTIONS';

/**
 * Lets browser apps of any origin read a response. Nothing here depends on cookies, so `*` exposes nothing.
 * `Authorization` is listed by name because the wildcard does not cover it (Fetch, CORS protocol). The exposed response
 * headers are the ones that clients need: the challenge, the retry delay and the new post's URL.
 *
 * @param response a response without CORS headers of Birdsong's own
 * @returns a copy with CORS headers
 */
export function withCors(response: Response): Response {
  const shared = new Response(response.body, response);
  shared.headers.set('Access-Control-Allow-Origin', '*');
  shared.headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After, Location');
  // The library adds `Vary` because it reflects the request's origin; with `*` the response no longer varies.
  shared.headers.delete('Vary');
  return shared;
}

/** Creates the response to a CORS preflight. */
export function preflight(): Response {
  return withCors(
    new Response(null, {
      status: 204,
      headers: {
        'Access-Control-Allow-Methods': ALLOWED_METHODS,
        'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, *',
        'Access-Control-Max-Age': '600',
      },
    }),
  );
}
