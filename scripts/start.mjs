/** `npm start`: installs missing packages, builds the app, and serves it on this machine. */
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';

ensureInstalled();
await start().catch(stop);

async function start() {
  // Not static imports, because an old Node might fail to load them before ensureInstalled can report it.
  const { build } = await import('./build.mjs');
  const { claimPort, portFrom } = await import('./port.mjs');
  const { serve } = await import('./serve.mjs');

  const port = portFrom(process.env['PORT'], 4173);
  // Checked before building, because the port is often taken by another instance of this app, whose files a build would replace.
  await claimPort(port);
  await build();
  const site = await serve(join(root, 'dist'), { port });
  process.stdout.write(`\nContent Planner is at ${site.url} (Ctrl-C stops it)\n`);
  // Once the server is closed, the event loop is empty and the process exits.
  const end = () => void site.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
