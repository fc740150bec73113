/** Parses an absolute URL; returns null for anything else. Replaces `URL.parse`, which Safari 17 lacks. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
