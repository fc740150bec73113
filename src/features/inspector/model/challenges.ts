import type { Fields } from '#trace/event.ts';

export interface ShownChallenge {
  scheme: string;
  parameters: Fields;
}

const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const PART = new RegExp(
  `(?<name>${TOKEN})\\s*=\\s*(?:"(?<quoted>(?:[^"\\\\]|\\\\.)*)"|(?<plain>${TOKEN}))|(?<scheme>${TOKEN})`,
  'g',
);

/** Parses the challenges in a response's headers, for display only; the app acts on its own parser (RFC 9110 §11.6.1). */
export function challengesOf(headers: Fields): ShownChallenge[] {
  const challenges: { scheme: string; parameters: [string, string][] }[] = [];
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== 'www-authenticate') continue;
    for (const { groups = {} } of value.slice(0, 4_000).matchAll(PART)) {
      if (groups['scheme'] !== undefined) challenges.push({ scheme: groups['scheme'], parameters: [] });
      else
        challenges
          .at(-1)
          ?.parameters.push([(groups['name'] ?? '').toLowerCase(), groups['quoted'] ?? groups['plain'] ?? '']);
    }
  }
  return challenges;
}
