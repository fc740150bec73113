/** Vercel: `vercel.json`. Files that exist come before rewrites there. */
import { LIFETIMES, NO_SCREEN } from '#scripts/hosting.mjs';

/**
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>} the file belongs into the folder that is published: of a sub-path, the one above
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
