/** `npm run dev`: starts Vite's development server, with the workers of the built app. */
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';

ensureInstalled();
await develop().catch(stop);

async function develop() {
  // Not static imports, because they need the packages that ensureInstalled installs.
  const { createServer } = await import('vite');
  const { devWorkers } = await import('./dev-workers.mjs');
  const { claimPort, portFrom } = await import('./port.mjs');

  const port = portFrom(process.env['PORT'], 5173);
  await claimPort(port);
  const server = await createServer({
    root,
    configFile: join(root, 'vite.config.ts'),
    plugins: [devWorkers()],
    server: { host: '127.0.0.1', port, strictPort: true },
  });
  await server.listen();
  process.stdout.write(`\nThe development server is at http://localhost:${port}/ (Ctrl-C stops it)\n`);
}
