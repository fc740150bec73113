/**
 * `@cloudflare/workers-oauth-provider` with client id metadata documents: in a process of its own, because Node reads
 * NODE_EXTRA_CA_CERTS only at its start.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface DocumentPeer {
  issuer: string;
  resource: string;
  /** Every request so far, as `METHOD path`. */
  requests(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * Starts the process.
 * @param trusted the certificate of the app's host, as PEM
 */
export async function startDocumentPeer(trusted: string): Promise<DocumentPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'document-peer-'));
  // Node 20 runs no TypeScript, and Vite's configuration maps the library's module `cloudflare:workers`.
  await build({
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: 'tests/support/document-peer-process.ts',
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'peer.mjs' } },
    },
  });
  const certificate = join(folder, 'trusted.pem');
  writeFileSync(certificate, trusted);
  const child = fork(join(folder, 'peer.mjs'), {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answered = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', (code) => reject(new Error(`the peer ended with ${code}`)));
    });
  const urls = await answered<{ issuer: string; resource: string }>();
  return {
    ...urls,
    requests() {
      child.send('requests');
      return answered<string[]>();
    },
    async stop() {
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      child.send('stop');
      const code = await ended;
      rmSync(folder, { recursive: true });
      if (code !== 0) throw new Error(`the peer had faults: it ended with ${code}`);
    },
  };
}
