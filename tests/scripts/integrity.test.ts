import { expect, test } from 'vitest';

import { entryFiles, integrityOf, withIntegrity } from '#scripts/integrity.mjs';

const PAGE = `<link rel="icon" href="/icon.svg" />
<script src="/theme.js"></script>
<script type="module" crossorigin src="/assets/boot-1.js"></script>
<link rel="modulepreload" crossorigin href="/assets/base-1.js">
<link rel="stylesheet" href="/assets/main-1.css" />
`;

test('PAGE-5: the page’s scripts, styles and preloads have the hash of the built file; an image needs none', () => {
  const page = withIntegrity(PAGE, (path) => `content of ${path}`);
  expect(entryFiles(page).map(({ url, integrity }) => [url, integrity])).toEqual(
    ['theme.js', 'assets/boot-1.js', 'assets/base-1.js', 'assets/main-1.css'].map((path) => [
      `/${path}`,
      integrityOf(`content of ${path}`),
    ]),
  );
  expect(page.replaceAll(/ integrity="[^"]+"/g, '')).toBe(PAGE);
});

test('a hash is SHA-384 in base64', () => {
  // Of the empty string, as computed by `openssl dgst -sha384 -binary /dev/null | base64`.
  expect(integrityOf('')).toBe('sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb');
});
