import type { ReactNode } from 'react';

import styles from './host-name.module.css';
import { hostPartsOf } from './host-parts.ts';
import { Icon } from './icon.tsx';

/** Shows the host where the user is about to sign in, in punycode, with the registrable domain in bold (UI-1). */
export function HostName({ url }: { url: string }) {
  const parts = hostPartsOf(url);
  return (
    <bdi className={styles.host}>
      {parts ? (
        <>
          {parts.prefix}
          <b>{parts.registrable}</b>
          {parts.port}
        </>
      ) : (
        url
      )}
    </bdi>
  );
}

interface HostNotesProps {
  issuer: string;
  text: {
    /** The label before the full issuer. */
    issuer: string;
    beyondAscii: (name: ReactNode) => ReactNode;
    beyondAsciiUnread: string;
  };
}

/** Shows the Unicode form of a host with letters beyond a–z, and the full issuer if it is more than its host. */
export function HostNotes({ issuer, text }: HostNotesProps) {
  const reading = hostPartsOf(issuer)?.reading ?? { kind: 'same' };
  return (
    <>
      {reading.kind !== 'same' && (
        <span className={styles.note}>
          <Icon name="alert" small />
          <span>
            {reading.kind === 'as' ? text.beyondAscii(<bdi key="claim">{reading.name}</bdi>) : text.beyondAsciiUnread}
          </span>
        </span>
      )}
      {hasPath(issuer) && (
        <span className={styles.issuer}>
          {text.issuer} <bdi>{issuer}</bdi>
        </span>
      )}
    </>
  );
}

function hasPath(issuer: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).pathname !== '/';
}
