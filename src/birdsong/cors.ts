const ALLOWED_METHODS = 'GET, HEAD, POST, DELETE, OPTIONS';

/**
 * Lets browser apps of any origin read a response. Nothing here depends on cookies, so `*` gives away nothing.
 * `Authorization` stands by name because the wildcard does not cover it (Fetch, CORS protocol); of the response's
 * headers a client needs the challenge, the waiting time and the new post's address.
 *
 * @param response the response as it would go to Birdsong's own origin
 * @returns the same with CORS headers
 */
export function withCors(response: Response): Response {
  const shared = new Response(response.body, response);
  shared.headers.set('Access-Control-Allow-Origin', '*');
  shared.headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After, Location');
  // The library names the origin it reflects; with `*` the response no longer varies.
  shared.headers.delete('Vary');
  return shared;
}

/**
 * @returns the answer to a CORS preflight
 */
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
