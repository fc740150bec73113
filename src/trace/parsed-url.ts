/**
 * Parses an address as `URL.parse` does, which Chrome has since version 126 and Safari since 18.
 * @returns null for what is no absolute address
 */
export const parsedUrl = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null);
