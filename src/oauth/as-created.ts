/** Some servers answer 200 where RFC 7591 §3.2.1 and RFC 9126 §2.2 say 201. */
export function asCreated(response: Response): Response {
  if (response.status !== 200) return response;
  return new Response(response.body, { status: 201, headers: response.headers });
}
