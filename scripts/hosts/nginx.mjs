import { CONTENT_TYPES, LIFETIMES, NO_SCREEN } from '#scripts/hosting.mjs';

/**
 * Creates an nginx configuration file to include in a `server { }` block whose root contains the built folder at the
 * deployment's path.
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>}
 */
export function nginx({ base, headers, url }) {
  const path = base.replaceAll('.', String.raw`\.`);
  // A block with an add_header of its own inherits none, so each block lists all headers. Without `always`, Cache-Control is
  // not sent with error responses.
  /** @type {(lifetime: string) => string[]} */
  const adding = (lifetime) => [
    `add_header Cache-Control "${lifetime}";`,
    ...Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`),
  ];
  const lines = [
    `# Content Planner at ${url}: include this in the server { } whose root contains the built folder at ${base}`,
    ...(base === '/' ? [] : [`location = ${base.slice(0, -1)} {`, `  return 301 ${base};`, '}']),
    `location ${base === '/' ? '' : '^~ '}${base} {`,
    ...indented([
      'absolute_redirect off;',
      'charset utf-8;',
      'charset_types text/css text/javascript text/plain;',
      'default_type application/octet-stream;',
      'gzip on;',
      'gzip_vary on;',
      'gzip_proxied any;',
      'gzip_types text/css text/javascript application/json application/manifest+json image/svg+xml;',
      'types {',
      ...indented(Object.entries(CONTENT_TYPES).map(([extension, type]) => `${type.split(';')[0]} ${extension};`)),
      '}',
      ...adding(LIFETIMES.other),
      `try_files $uri ${base}index.html;`,
      '',
      '# Cached for ever, because their names change with their content.',
      `location ~ ^${path}assets/ {`,
      ...indented([...adding(LIFETIMES.hashed), 'try_files $uri =404;']),
      '}',
      '# Not screens: 404 if there is no such file.',
      `location ~ "^${path}(?:${NO_SCREEN})$" {`,
      ...indented([...adding(LIFETIMES.other), 'try_files $uri =404;']),
      '}',
    ]),
    '}',
    '',
  ];
  return { 'hosting/nginx.conf': lines.join('\n') };
}

/** @type {(lines: string[]) => string[]} */
const indented = (lines) => lines.map((line) => line && `  ${line}`);
