import { useState } from 'react';

import { messages } from '#messages/en.ts';
import { Disclosure } from '#ui/disclosure.tsx';

import styles from './token-claims.module.css';

const t = messages.connections.token;

/** An access token prepared for display, without its signature, so it cannot be used as a token. */
export type TokenShown =
  | { kind: 'opaque' }
  | { kind: 'jwt'; header: Readonly<Record<string, unknown>>; claims: Readonly<Record<string, unknown>> };

/** Shows the contents of a JWT, parsed when opened. The text is unverified: it is capped, isolated and never acted upon. */
export function TokenClaims({ readToken }: { readToken: () => TokenShown | undefined }) {
  const [isOpen, setIsOpen] = useState(false);
  const token = isOpen ? readToken() : undefined;
  return (
    <Disclosure label={t.label} onToggle={setIsOpen}>
      {token?.kind === 'jwt' && (
        <>
          <Members title={t.header} members={token.header} />
          <Members title={t.claims} members={token.claims} />
        </>
      )}
    </Disclosure>
  );
}

const MAX_MEMBERS = 40;

function Members({ title, members }: { title: string; members: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(members);
  const rest = entries.length - MAX_MEMBERS;
  return (
    <>
      <p className={styles.title}>{title}</p>
      <dl className={styles.members} aria-label={title}>
        {entries.slice(0, MAX_MEMBERS).map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{capped(name, 60)}</bdi>
            </dt>
            <dd>
              <bdi>{capped(JSON.stringify(value), 300)}</bdi>
              <ClaimTime name={name} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {rest > 0 && <p className={styles.title}>{t.more(rest)}</p>}
    </>
  );
}

/** Claims that are seconds since 1970 (RFC 7519 §4.1, OIDC Core §2). */
const MOMENTS = new Set(['exp', 'iat', 'nbf', 'auth_time']);
/** The latest time that a Date can represent, in seconds. */
const LAST_MOMENT = 8.64e12;

function ClaimTime({ name, value }: { name: string; value: unknown }) {
  if (!MOMENTS.has(name) || typeof value !== 'number' || !(Math.abs(value) <= LAST_MOMENT)) return null;
  const iso = new Date(value * 1_000).toISOString();
  return (
    <time className={styles.moment} dateTime={iso}>
      {iso.replace(/\.\d+Z$/, 'Z')}
    </time>
  );
}

function capped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
