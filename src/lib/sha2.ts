/**
 * Hashes a text, encoded as UTF-8, with SHA-256 or another SHA-2 function (FIPS 180-4).
 * @param bits the length of the hash
 * @returns `bits / 8` bytes
 */
export async function sha2(text: string, bits: '256' | '384' | '512' = '256'): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(`SHA-${bits}`, new TextEncoder().encode(text)));
}
