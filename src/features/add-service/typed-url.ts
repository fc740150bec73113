/** The URL as typed, ready to be searched, or what is wrong with it. */
export type TypedUrl =
  | {
      kind: 'url';
      url: string;
      /** The same address with http, to try second: on this machine a server often has no certificate. */
      alternative?: string;
    }
  | { kind: 'problem'; problem: 'empty' | 'not-a-url' | 'not-https' | 'user-name' | 'fragment' };

const MAX_TEXT_LENGTH = 2048;

/**
 * Parses a typed address. Adds a missing `https://` and changes nothing else, because identifiers are compared character by
 * character (DISC-8). Allows what DISC-9 and DISC-10 allow.
 * @param isHttpAllowed whether a host may use plain HTTP
 */
export function readTypedUrl(typed: string, isHttpAllowed: (hostname: string) => boolean): TypedUrl {
  const text = typed.trim();
  if (text === '') return problem('empty');
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text);
  // Matches `mailto:someone` and `https:/host`; a colon before a digit starts a port.
  const isOtherScheme = !hasScheme && /^[a-z][a-z\d+.-]*:(?!\d)/i.test(text);
  const url = hasScheme ? text : `https://${text}`;
  if (isOtherScheme || /[\s\\]/.test(text) || text.length > MAX_TEXT_LENGTH || !URL.canParse(url)) {
    return problem('not-a-url');
  }
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHttpAllowed(hostname))) return problem('not-https');
  if (username !== '' || password !== '') return problem('user-name');
  if (url.includes('#')) return problem('fragment');
  const isBare = !hasScheme && isHttpAllowed(hostname);
  return { kind: 'url', url, ...(isBare && { alternative: `http://${text}` }) };
}

function problem(what: Extract<TypedUrl, { kind: 'problem' }>['problem']): TypedUrl {
  return { kind: 'problem', problem: what };
}
