const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns a JWT in compact form with a fake signature, because nobody verifies it (RFC 7515 §3.1). */
export function unsignedJwt(header: object, claims: object, signature: string): string {
  return [encoded(header), encoded(claims), Buffer.from(signature).toString('base64url')].join('.');
}
