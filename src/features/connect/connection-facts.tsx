import type { ReactNode } from 'react';

import type { ConnectionDetails } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatClock, formatDay, formatWhen } from '#messages/format.ts';
import { useNow } from '#ui/use-now.ts';

import styles from './connection-facts.module.css';

const words = messages.connections.facts;

interface ConnectionFactsProps {
  connectedAt: number;
  scope: readonly string[];
  /** Missing when there is no grant any more. */
  details: ConnectionDetails | undefined;
}

/** A connection in the words of the protocol, without its secrets. */
export function ConnectionFacts({ connectedAt, scope, details }: ConnectionFactsProps) {
  const now = useNow(60_000);
  return (
    <dl className={styles.facts}>
      {details && (
        <>
          <Fact name={words.issuer}>
            <code>{details.issuer}</code>
          </Fact>
          <Fact name={words.clientId} note={isUrl(details.clientId) ? words.clientIdDocument : undefined}>
            <code>{details.clientId}</code>
          </Fact>
          <Fact name={words.accessToken} note={words.bearer}>
            {words[details.accessTokenForm]}
          </Fact>
          {details.hasRefreshToken ? (
            <Fact name={words.refreshToken} note={words.hasRefreshTokenText}>
              {words.hasRefreshToken}
            </Fact>
          ) : (
            <Fact name={words.refreshToken} note={words.noRefreshTokenText}>
              {words.noRefreshToken}
            </Fact>
          )}
          <Fact name={words.obtained}>
            {`${formatDay(details.obtainedAt, now)}, ${formatClock(details.obtainedAt)}`}
          </Fact>
          <Fact name={words.scopes}>{scope.length > 0 ? <code>{scope.join(' ')}</code> : words.noScopes}</Fact>
        </>
      )}
      <Fact name={words.connected}>{formatWhen(connectedAt, now)}</Fact>
    </dl>
  );
}

function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

function isUrl(clientId: string): boolean {
  return clientId.startsWith('https://') || clientId.startsWith('http://');
}
