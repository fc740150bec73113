/** Generates a self-signed certificate for localhost, for one test. */
import { generate } from 'selfsigned';

/** Returns key and certificate as PEM, for `localhost` and 127.0.0.1. */
export async function throwAwayCertificate(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert };
}
