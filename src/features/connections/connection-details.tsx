import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatNumber, formatWhen } from '#messages/format.ts';
import { useNow } from '#ui/use-now.ts';

import styles from './connection-details.module.css';
import { TokenClaims, type TokenShown } from './token-claims.tsx';

const text = messages.connections.facts;

interface ConnectionDetailsProps {
  connection: ConnectionView;
  readToken: () => TokenShown | undefined;
  /** The maximum number of characters per post, if the deployer sets one. */
  characterLimit?: number | undefined;
  /** The path for changing the client id; absent unless the user typed it in. */
  clientIdPath?: string | undefined;
}

/** Shows a connection's protocol details, without its secrets. */
export function ConnectionDetails({ connection, readToken, characterLimit, clientIdPath }: ConnectionDetailsProps) {
  const { connectedAt, scope, details, service } = connection;
  const now = useNow(60_000);
  return (
    <dl className={styles.facts}>
      {details && (
        <>
          <Fact name={text.issuer}>
            <code>
              <bdi>{details.issuer}</bdi>
            </code>
          </Fact>
          <Fact
            name={text.clientId}
            note={isUrl(details.clientId) ? text.clientIdDocument : undefined}
            more={clientIdPath !== undefined && <Link to={clientIdPath}>{messages.connect.changeClientId}</Link>}
          >
            <code>
              <bdi>{details.clientId}</bdi>
            </code>
          </Fact>
          <Fact
            name={text.accessToken}
            note={text.binding[details.binding]}
            more={details.accessTokenForm === 'jwt' && <TokenClaims readToken={readToken} />}
          >
            {details.accessTokenForm === 'jwt' ? text.jwt : text.opaque(service.name)}
          </Fact>
          {details.hasRefreshToken ? (
            <Fact name={text.refreshToken} note={text.hasRefreshTokenText}>
              {text.hasRefreshToken}
            </Fact>
          ) : (
            <Fact name={text.refreshToken} note={text.noRefreshTokenText}>
              {text.noRefreshToken}
            </Fact>
          )}
          <Fact name={text.obtained}>{formatWhen(details.obtainedAt, now, 'seconds')}</Fact>
          <Fact name={text.scopes}>
            {scope.length > 0 ? (
              <code>
                <bdi>{scope.join(' ')}</bdi>
              </code>
            ) : (
              text.noScopes
            )}
          </Fact>
        </>
      )}
      {characterLimit !== undefined && (
        <Fact name={text.limits}>{text.characterLimit(formatNumber(characterLimit))}</Fact>
      )}
      <Fact name={text.connected}>{formatWhen(connectedAt, now)}</Fact>
    </dl>
  );
}

interface FactProps {
  name: string;
  note?: string | undefined;
  children: ReactNode;
  more?: ReactNode;
}

function Fact({ name, note, children, more }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {note !== undefined && <small>{note}</small>}
        {more}
      </dd>
    </div>
  );
}

function isUrl(clientId: string): boolean {
  return clientId.startsWith('https://') || clientId.startsWith('http://');
}
