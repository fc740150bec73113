import { LIFETIMES, NO_SCREEN } from '#scripts/hosting.mjs';

/**
 * Creates `vercel.json`. It has to be at the root of the published folder; for an app at a sub-path, that is above the app's
 * folder. On Vercel, existing files take precedence over rewrites.
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>}
 */
export function vercel({ base, headers }) {
  /** @type {(all: Record<string, string>) => { key: string, value: string }[]} */
  const listed = (all) => Object.entries(all).map(([key, value]) => ({ key, value }));
  const settings = {
    $schema: 'https://openapi.vercel.sh/vercel.json',
    headers: [
      { source: `${base}(.*)`, headers: listed(headers) },
      { source: `${base}assets/(.*)`, headers: listed({ 'Cache-Control': LIFETIMES.hashed }) },
    ],
    rewrites: [{ source: `${base}((?!(?:${NO_SCREEN})$).*)`, destination: `${base}index.html` }],
  };
  return { 'vercel.json': `${JSON.stringify(settings, null, 2)}\n` };
}
