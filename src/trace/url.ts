/** Parses an absolute URL; null for anything else. As `URL.parse`, which Safari 17 lacks. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
