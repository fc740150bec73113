import { html } from './html.ts';
import type { Markup } from './html.ts';
import { WORDMARK } from './icons.ts';
import type { Urls } from './urls.ts';

/** The note on every page that tells users that Birdsong is not a real network. */
const DEMO_NOTE = html`<p class="demo">
  <b>A demo network</b>Birdsong lives in this browser. Its people, posts and sign-ins are made up, and nothing here
  reaches the internet.
</p>`;

export interface Page {
  /** The document title, shown before "Birdsong". */
  readonly title: string;
  /** The content next to the card: the heading and its text. */
  readonly aside: Markup;
  /** The card's content. */
  readonly card: Markup;
  readonly status?: number;
  /** On a narrow screen the card comes before the note about the demo. */
  readonly isCardFirst?: boolean;
  /** An extra source for the CSP's form-action, because Chromium also applies form-action to redirects. */
  readonly formTarget?: string;
}

/** Renders pages for one Birdsong. */
export type PageMaker = (page: Page) => Response;

/**
 * Creates a page renderer. Its pages have no scripts, no inline styles and no cross-origin resources; they cannot be framed
 * or cached.
 *
 * @param urls for links and the stylesheet
 * @returns a function that renders a page as a response
 */
export function createPageMaker(urls: Urls): PageMaker {
  return ({ title, aside, card, status = 200, isCardFirst = false, formTarget }) => {
    const document = html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · Birdsong</title>
          <link rel="icon" href="${urls.icon}" type="image/svg+xml" />
          <link rel="stylesheet" href="${urls.stylesheet}" />
        </head>
        <body>
          <main class="page${isCardFirst ? ' page--card-first' : ''}">
            <section class="side">
              <p class="brand">${WORDMARK}Birdsong</p>
              ${aside}
            </section>
            ${DEMO_NOTE}
            <div class="card">${card}</div>
          </main>
        </body>
      </html>`;
    return new Response(document.text, {
      status,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy(formTarget),
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'DENY',
        'Cache-Control': 'no-store',
      },
    });
  };
}

function policy(formTarget: string | undefined): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Renders an error page with an explanation and links to continue.
 *
 * @param urls for the links
 * @param makePage renders the page
 * @param message the heading, an explanation and the status
 * @returns the response
 */
export function errorPage(
  urls: Urls,
  makePage: PageMaker,
  { heading, detail, status }: { readonly heading: string; readonly detail: string; readonly status: number },
): Response {
  return makePage({
    title: heading,
    status,
    isCardFirst: true,
    aside: html`<h1>${heading}</h1>`,
    card: html`<p class="lead">${detail}</p>
      <p class="links">
        <a class="button button--yes" href="${urls.app}">Back to the app</a
        ><a class="button" href="${urls.home}">About Birdsong</a>
      </p>`,
  });
}
