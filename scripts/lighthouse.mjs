/**
 * `npm run lighthouse`: runs Lighthouse on the built app behind nginx, as a phone and as a desktop. Prints the scores, and exits
 * with code 1 if one is below 95. Lighthouse is downloaded on demand, because nothing else here needs its two hundred packages.
 * It is not part of `npm test`, because its scores depend on the load of the machine.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const ENOUGH = 95;

/** @type {Record<string, string[]>} extra arguments; Lighthouse's default is a phone on a slow network */
const DEVICES = { phone: [], desktop: ['--preset=desktop'] };

ensureInstalled();
await measure().catch(stop);

async function measure() {
  const { build } = await import('./build.mjs');
  const { findOrInstallChromium } = await import('./chromium.mjs');
  const { obtainNginx, serveByNginx } = await import('./nginx.mjs');
  const { generate } = await import('selfsigned');

  const nginx = await obtainNginx();
  if (!nginx) throw new Error('Lighthouse measures the site behind nginx, which is not available.');
  const chromium = await findOrInstallChromium();
  await build();
  // Served over https, and so over HTTP/2, as in production.
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
  const site = await serveByNginx(nginx, join(root, 'dist'), { tls: { key, cert } });
  mkdirSync(join(root, '.cache'), { recursive: true });
  try {
    for (const [device, args] of Object.entries(DEVICES)) {
      report(
        device,
        await figures(site.url, { chromium, args, output: join(root, `.cache/lighthouse-${device}.json`) }),
      );
    }
  } finally {
    await site.close();
  }
}

/**
 * Runs Lighthouse.
 * @typedef {{ title: string, score: number }} Category score: out of 100
 * @param {string} url
 * @param {{ chromium: string, args: string[], output: string }} options
 * @returns {Promise<{ categories: Category[], failedAudits: string[] }>} lacking: the metrics behind the performance score
 */
async function figures(url, { chromium, args, output }) {
  const { chromiumArgs } = await import('./chromium-args.mjs');
  const { run } = await import('./processes.mjs');
  const flags = ['--headless=new', '--ignore-certificate-errors', ...chromiumArgs()].join(' ');
  const own = [url, '--quiet', '--output=json', `--output-path=${output}`, `--chrome-flags=${flags}`, ...args];
  const only = '--only-categories=performance,accessibility,best-practices';
  const env = { CHROME_PATH: chromium };
  const { code, output: text } = await run('npx', ['--yes', LIGHTHOUSE, ...own, only], { quiet: true, env });
  if (code !== 0) throw new Error(`Lighthouse exited with code ${code}:\n${text}`);
  const { categories, audits } = JSON.parse(readFileSync(output, 'utf8'));
  return {
    categories: Object.values(categories).map(({ title, score }) => ({ title, score: Math.round(score * 100) })),
    failedAudits: [
      'first-contentful-paint',
      'largest-contentful-paint',
      'total-blocking-time',
      'cumulative-layout-shift',
      'speed-index',
    ].map((id) => `${audits[id].title} ${audits[id].displayValue}`),
  };
}

/**
 * Prints the scores of a device.
 * @param {string} device
 * @param {Awaited<ReturnType<typeof figures>>} measured
 */
function report(device, { categories, failedAudits }) {
  const scores = categories.map(({ title, score }) => `${title} ${score}${score < ENOUGH ? ` (below ${ENOUGH})` : ''}`);
  process.stdout.write(`${device.padEnd(8)} ${scores.join(', ')}\n         ${failedAudits.join(', ')}\n`);
  if (categories.some(({ score }) => score < ENOUGH)) process.exitCode = 1;
}
