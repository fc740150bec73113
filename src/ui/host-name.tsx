import type { ReactNode } from 'react';

import styles from './host-name.module.css';
import { hostPartsOf } from './host-parts.ts';
import { Icon } from './icon.tsx';

/** The host where somebody is about to sign in: in punycode, what was registered in bold (UI-1). */
export function HostName({ address }: { address: string }) {
  const parts = hostPartsOf(address);
  return (
    <bdi className={styles.host}>
      {parts ? (
        <>
          {parts.prefix}
          <b>{parts.registrable}</b>
          {parts.port}
        </>
      ) : (
        address
      )}
    </bdi>
  );
}

interface HostNotesProps {
  issuer: string;
  words: {
    /** Before the whole issuer. */
    issuer: string;
    beyondAscii: (name: ReactNode) => ReactNode;
    beyondAsciiUnread: string;
  };
}

/** How a host reads that has letters beyond a–z, and the whole issuer where it is more than its host. */
export function HostNotes({ issuer, words }: HostNotesProps) {
  const reading = hostPartsOf(issuer)?.reading ?? { kind: 'same' };
  return (
    <>
      {reading.kind !== 'same' && (
        <span className={styles.note}>
          <Icon name="alert" small />
          <span>
            {reading.kind === 'as' ? words.beyondAscii(<bdi key="claim">{reading.name}</bdi>) : words.beyondAsciiUnread}
          </span>
        </span>
      )}
      {hasPath(issuer) && (
        <span className={styles.issuer}>
          {words.issuer} <bdi>{issuer}</bdi>
        </span>
      )}
    </>
  );
}

function hasPath(issuer: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).pathname !== '/';
}
