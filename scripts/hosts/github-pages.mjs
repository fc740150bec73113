/** GitHub Pages, and other hosts that only support a custom 404 page: it is the app's page, so screens get it with status 404. */

/**
 * Creates `404.html`, and `.nojekyll`, which makes GitHub serve all files unchanged, including those in `.well-known`.
 * @param {string} page index.html, configured for the deployment
 * @returns {Record<string, string>}
 */
export const githubPages = (page) => ({ '404.html': page, '.nojekyll': '' });
