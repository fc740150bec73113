/** `npm run dev`: Vite's developer server, with the workers that the built app has. */
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';

ensureInstalled();
await develop().catch(stop);

async function develop() {
  // Not at the top: they need what ensureInstalled brings.
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
  process.stdout.write(`\nContent Planner under development is at http://localhost:${port}/ (Ctrl-C ends it)\n`);
}
