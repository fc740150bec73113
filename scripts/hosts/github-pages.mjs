/** GitHub Pages, and whatever host knows no more than a page for what is missing: the app itself, with the status 404. */

/**
 * @param {string} page index.html, fitted to the deployment
 * @returns {Record<string, string>} `.nojekyll`: files are served as they are, those in `.well-known` too
 */
export const githubPages = (page) => ({ '404.html': page, '.nojekyll': '' });
