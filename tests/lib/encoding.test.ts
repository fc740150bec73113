/** Bytes as text, and hashes: compared with Node's own. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64url, encodeBase64url, encodeHex } from '#lib/encoding.ts';
import { sha2 } from '#lib/sha2.ts';

test('bytes are encoded as Node encodes them, and decoded to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      expect(encodeHex(bytes)).toBe(buffer.toString('hex'));
      expect(encodeBase64url(bytes)).toBe(buffer.toString('base64url'));
      expect(Buffer.from(decodeBase64url(encodeBase64url(bytes)))).toEqual(buffer);
    }),
  );
});

test('text that is not base64url is rejected', () => {
  expect(() => decodeBase64url('a.b')).toThrow(DOMException);
});

test.for(['256', '384', '512'] as const)('SHA-%s hashes a text in UTF-8', async (bits) => {
  const expected = createHash(`sha${bits}`).update('Grüße', 'utf8').digest('hex');
  expect(encodeHex(await sha2('Grüße', bits))).toBe(expected);
});

test('SHA-256 is the default', async () => {
  expect(await sha2('text')).toEqual(await sha2('text', '256'));
});
