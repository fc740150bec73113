import { LIFETIMES, NO_SCREEN } from '#scripts/hosting.mjs';

/**
 * Creates a Caddyfile with a site block.
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>}
 */
export function caddy({ base, headers, url }) {
  const { origin } = new URL(url);
  const path = base.replaceAll('.', String.raw`\.`);
  const lines = [
    `# Content Planner at ${url}. The root contains the built folder at ${base}`,
    `${origin} {`,
    '\troot * {$SITE_ROOT:/var/www/html}',
    '\tencode zstd gzip',
    ...(base === '/' ? [] : [`\tredir ${base.slice(0, -1)} ${base} permanent`]),
    `\thandle ${base}* {`,
    '\t\theader {',
    ...Object.entries(headers).map(([name, value]) => `\t\t\t${name} "${value}"`),
    '\t\t}',
    '\t\t# Cached for ever, because their names change with their content; missing files get no lifetime.',
    '\t\t@hashed {',
    `\t\t\tpath ${base}assets/*`,
    '\t\t\tfile',
    '\t\t}',
    `\t\theader @hashed Cache-Control "${LIFETIMES.hashed}"`,
    `\t\t@others not path ${base}assets/*`,
    `\t\theader @others Cache-Control "${LIFETIMES.other}"`,
    '\t\t@screens {',
    `\t\t\tnot path_regexp "^${path}(?:${NO_SCREEN})$"`,
    '\t\t\tnot file',
    '\t\t}',
    `\t\trewrite @screens ${base}index.html`,
    '\t\tfile_server',
    '\t}',
    '}',
    '',
  ];
  return { 'hosting/Caddyfile': lines.join('\n') };
}
