/** `npm start`: installs what is missing, builds the app, and serves it on this machine. */
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';

ensureInstalled();
await start().catch(stop);

async function start() {
  // Not at the top: an old Node, which ensureInstalled turns away, might fail to load them.
  const { build } = await import('./build.mjs');
  const { claimPort, portFrom } = await import('./port.mjs');
  const { serve } = await import('./serve.mjs');

  const port = portFrom(process.env['PORT'], 4173);
  // Before building: a taken port often is this very app, whose files a build would pull from under it.
  await claimPort(port);
  await build();
  const site = await serve(join(root, 'dist'), { port });
  process.stdout.write(`\nContent Planner is at ${site.url} (Ctrl-C ends it)\n`);
  // With the server closed nothing is left to wait for, and the process ends by itself.
  const end = () => void site.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
