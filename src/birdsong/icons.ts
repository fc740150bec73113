import { html } from './html.ts';
import type { Markup } from './html.ts';

/** The wordmark's bird. The stylesheet sets its colours, so that it is visible in both themes. */
export const WORDMARK = html`<svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
  <circle class="yolk" cx="27" cy="13" r="9" />
  <path
    class="body"
    d="M3 24C3 14 10.5 7.5 20 7.5c5.5 0 9.5 2.6 11.4 6.8l6.6 2-6.2 3.3C30.8 28.5 24.5 34 16.5 34H6l4.5-5C6 28.5 3 27 3 24z"
  />
  <path class="hole" d="M12 21c4 .8 8-.4 10.5-3.5.8 5-2.5 9-7.5 9-2 0-3-2-3-5.5z" />
  <circle class="hole" cx="25.5" cy="14.5" r="1.6" />
</svg>`;

/** The same bird as a favicon, in fixed colours. */
export const ICON = html`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">
  <circle cx="20" cy="20" r="20" fill="#f2b632" />
  <path
    fill="#16362a"
    d="M7 23c0-7.5 5.5-12 12-12 4 0 6.7 1.8 8 4.8l5 1.4-4.6 2.5C26.5 26 22 30 16 30H9l3.2-3.7C9 26 7 25 7 23z"
  />
  <circle cx="23.5" cy="16.5" r="1.4" fill="#f2b632" />
</svg>`;

/** The users' profile pictures, served as separate images and inlined into pages. They are the same in both themes. */
export const PICTURES: Readonly<Record<string, Markup>> = {
  lowtide: html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="44"
    height="44"
    viewBox="0 0 44 44"
    aria-hidden="true"
    focusable="false"
  >
    <circle fill="#f2b632" cx="22" cy="22" r="22" />
    <path
      fill="#16362a"
      d="M9 26c0-8 6-13 13-13 5 0 8.5 2.5 9.5 6.5L37 21l-5.5 2c-1 6-5 9.5-11 9.5H11l3-3.5c-3-.3-5-1.5-5-3z"
    />
    <circle fill="#f2b632" cx="26" cy="19" r="1.5" />
  </svg>`,
  robin: html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="44"
    height="44"
    viewBox="0 0 44 44"
    aria-hidden="true"
    focusable="false"
  >
    <circle fill="#2c7454" cx="22" cy="22" r="22" />
    <path fill="#f2b632" d="M22 9c7 0 11 5 11 12 0 8-5 14-11 14s-11-6-11-14c0-7 4-12 11-12z" />
    <circle fill="#16362a" cx="18" cy="19" r="1.8" />
    <circle fill="#16362a" cx="26" cy="19" r="1.8" />
    <path fill="#16362a" d="M20 23h4l-2 4z" />
  </svg>`,
};
