import { html } from './html.ts';
import type { Page } from './page.ts';
import { PROBLEMS } from './problem.ts';
import type { Urls } from './urls.ts';

/**
 * Builds Birdsong's home page, which says what Birdsong is, links to the controls, and lists the API's problem types.
 *
 * @param urls for the links
 * @returns the page
 */
export function homePage(urls: Urls): Page {
  const problems = Object.entries(PROBLEMS).map(
    ([kind, { status, title }]) =>
      html`<dt id="${kind}"><code>${kind}</code> ${status}</dt>
        <dd>${title}</dd>`,
  );
  return {
    title: 'A demo network',
    isCardFirst: true,
    aside: html`<h1>A small network to experiment with</h1>
      <p>
        Birdsong has two people, their posts, and a real authorization server in front of them: discovery, registration,
        PKCE, consent, refresh, revocation.
      </p>`,
    card: html`<section>
        <h2>Where to go</h2>
        <p>
          Connect it from the app. While it is connected, the controls make things go wrong on purpose: an expired
          token, revoked access, a refresh that fails.
        </p>
        <p class="links">
          <a class="button button--yes" href="${urls.controls}">Open the controls</a
          ><a class="button" href="${urls.app}">Back to the app</a>
        </p>
      </section>
      <section>
        <h2>For developers</h2>
        <dl class="facts">
          <dt>API</dt>
          <dd><code>${urls.resource}</code></dd>
          <dt>Issuer</dt>
          <dd><code>${urls.issuer}</code></dd>
          <dt>Metadata</dt>
          <dd><a href="${urls.serverMetadata}">Authorization server</a></dd>
          <dd><a href="${urls.resourceMetadata}">Protected resource</a></dd>
        </dl>
        <details>
          <summary>API problem types</summary>
          <dl class="facts">${problems}</dl>
        </details>
      </section>`,
  };
}
