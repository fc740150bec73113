import type { ReactNode, Ref } from 'react';

import { isConfirmed } from '#connections/disconnect/disconnect-outcome.ts';
import type { RevocationResult } from '#connections/disconnect/revoke-grant.ts';
import { messages } from '#messages/en.ts';
import { formatWhen } from '#messages/format.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { useNow } from '#ui/use-now.ts';

import { accountText } from './account-name.ts';
import type { EndedConnection } from './ended-connection.ts';

const words = messages.connections.disconnected;

interface DisconnectResultProps {
  ended: EndedConnection;
  /** The result of a revocation that could not be sent at first. */
  since?: RevocationResult | undefined;
  /** The service's page where the user can end access by hand. */
  accessUrl: string | undefined;
  /** Absent if the result disappears by itself. */
  onClose?: (() => void) | undefined;
  ref?: Ref<HTMLDivElement>;
}

/** Shows the result of a disconnect, and what the server did not confirm (REV-3). */
export function DisconnectResult({ ended, since, accessUrl, onClose, ref }: DisconnectResultProps) {
  const now = useNow(60_000);
  const { endedBy, outcome, signOut } = ended;
  const service = ended.service.name;
  const account = <bdi key="account">{accountText(ended)}</bdi>;
  const signedOut = signOut && words.signOut[signOut.progress](<bdi key="host">{signOut.host}</bdi>);
  const close = onClose && (
    <Button size="s" variant="quiet" onClick={onClose}>
      {words.close}
    </Button>
  );
  const unconfirmed = (sentence: ReactNode, worksUntil?: number, until = words.worksUntil) => (
    <Callout
      tone="warn"
      icon="alert"
      title={words.unconfirmedTitle(service)}
      ref={ref}
      action={
        (accessUrl !== undefined || close) && (
          <>
            {accessUrl !== undefined && <a href={accessUrl}>{words.controls(service)}</a>} {close}
          </>
        )
      }
    >
      {sentence} {worksUntil === undefined ? words.mayWork : until(formatWhen(worksUntil, now))}{' '}
      {outcome.kind === 'unconfirmed' && outcome.asksAgain && !since
        ? words.asksAgain(service)
        : words.endThere(service)}{' '}
      {signedOut}
    </Callout>
  );
  switch (outcome.kind) {
    case 'revoked':
      return (
        <Callout icon="check" title={words.title(service)} action={close} ref={ref}>
          {words.revoked(service, account)} {signedOut}
        </Callout>
      );
    case 'nothing-to-revoke':
      if (!isConfirmed(outcome, endedBy)) return unconfirmed(words.notAsked(service, account));
      return (
        <Callout icon="check" title={words.title(service)} action={close} ref={ref}>
          {words.nothingToRevoke(account)} {signedOut}
        </Callout>
      );
    case 'ineffective':
      return unconfirmed(words.ineffective(service, account), outcome.worksUntil, words.stillWorksUntil);
    case 'unconfirmed':
      if (outcome.asksAgain && since === 'confirmed') {
        return (
          <Callout icon="check" title={words.title(service)} action={close} ref={ref}>
            {words.confirmedSince(service, account)} {signedOut}
          </Callout>
        );
      }
      if (outcome.asksAgain && since === 'refused') {
        return unconfirmed(words.refusedSince(service, account), outcome.worksUntil);
      }
      return unconfirmed(
        endedBy === 'record-damaged' ? words.notAsked(service, account) : words.unconfirmed(service, account),
        outcome.worksUntil,
      );
  }
}
