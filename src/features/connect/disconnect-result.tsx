import type { ReactNode, Ref } from 'react';

import type { ConnectionView } from '#connections/connection-view.ts';
import type { DisconnectOutcome } from '#connections/disconnect.ts';
import { messages } from '#messages/en.ts';
import { formatWhen } from '#messages/format.ts';
import { Notice } from '#ui/notice.tsx';
import { useNow } from '#ui/use-now.ts';

import { accountText } from './account-name.ts';

const words = messages.connections.disconnected;

interface DisconnectResultProps {
  /** As it was. */
  connection: ConnectionView;
  outcome: DisconnectOutcome;
  /** Where a person can end it by hand. */
  accessUrl: string | undefined;
  ref: Ref<HTMLDivElement>;
}

/** What became of a connection that was ended, and what the server did not confirm (REV-3). */
export function DisconnectResult({ connection, outcome, accessUrl, ref }: DisconnectResultProps) {
  const now = useNow(60_000);
  const service = connection.service.name;
  const account = <bdi key="account">{accountText(connection)}</bdi>;
  const endedBy = connection.status.kind === 'needs-sign-in' ? connection.status.reason : undefined;
  const unconfirmed = (sentence: ReactNode, worksUntil?: number) => (
    <Notice
      tone="warn"
      icon="alert"
      title={words.unconfirmedTitle(service)}
      ref={ref}
      action={accessUrl === undefined ? undefined : <a href={accessUrl}>{words.controls(service)}</a>}
    >
      {sentence} {worksUntil === undefined ? words.mayWork : words.worksUntil(formatWhen(worksUntil, now))}{' '}
      {words.endThere(service)}
    </Notice>
  );
  switch (outcome.kind) {
    case 'revoked':
      return (
        <Notice icon="check" title={words.title(service)} ref={ref}>
          {words.revoked(service, account)}
        </Notice>
      );
    case 'nothing-to-revoke':
      // Only the server's own word ends a grant there.
      if (endedBy !== undefined && endedBy !== 'grant-refused') return unconfirmed(words.notAsked(service, account));
      return (
        <Notice icon="check" title={words.title(service)} ref={ref}>
          {words.nothingToRevoke(account)}
        </Notice>
      );
    case 'ineffective':
      return unconfirmed(words.ineffective(service, account), outcome.worksUntil);
    case 'unconfirmed':
      return unconfirmed(
        endedBy === 'record-damaged' ? words.notAsked(service, account) : words.unconfirmed(service, account),
        outcome.worksUntil,
      );
  }
}
