/**
 * Returns a server's text with control characters replaced by spaces and its length limited for display (UI-2, CB-9); undefined
 * if nothing remains.
 */
export function sanitizeText(value: unknown, maxLength = 300): string | undefined {
  if (typeof value !== 'string') return undefined;
  // oxlint-disable-next-line no-control-regex -- matches control characters on purpose
  const text = value.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').trim();
  return text === '' ? undefined : text.slice(0, maxLength);
}
