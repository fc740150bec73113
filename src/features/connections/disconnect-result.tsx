import type { ReactNode, Ref } from 'react';

import { isConfirmed } from '#connections/disconnect/disconnect-outcome.ts';
import type { RevocationResult } from '#connections/disconnect/revoke-grant.ts';
import { messages } from '#messages/en.ts';
import { formatWhen } from '#messages/format.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { IsolatedParts } from '#ui/isolated-parts.tsx';
import { useNow } from '#ui/use-now.ts';

import { accountParts } from './account-name.ts';
import type { EndedConnection } from './ended-connection.ts';

const text = messages.connections.disconnected;

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
  const account = <IsolatedParts key="account" parts={accountParts(ended)} />;
  const signedOut = signOut && text.signOut[signOut.progress](<bdi key="host">{signOut.host}</bdi>);
  const close = onClose && (
    <Button size="s" variant="quiet" onClick={onClose}>
      {text.close}
    </Button>
  );
  const unconfirmed = (sentence: ReactNode, worksUntil?: number, until = text.worksUntil) => (
    <Callout
      tone="warn"
      icon="alert"
      title={text.unconfirmedTitle(service)}
      ref={ref}
      action={
        (accessUrl !== undefined || close) && (
          <>
            {accessUrl !== undefined && <a href={accessUrl}>{text.controls(service)}</a>} {close}
          </>
        )
      }
    >
      {sentence} {worksUntil === undefined ? text.mayWork : until(formatWhen(worksUntil, now))}{' '}
      {outcome.kind === 'unconfirmed' && outcome.asksAgain && !since ? text.asksAgain(service) : text.endThere(service)}{' '}
      {signedOut}
    </Callout>
  );
  switch (outcome.kind) {
    case 'revoked':
      return (
        <Callout icon="check" title={text.title(service)} action={close} ref={ref}>
          {text.revoked(service, account)} {signedOut}
        </Callout>
      );
    case 'nothing-to-revoke':
      if (!isConfirmed(outcome, endedBy)) return unconfirmed(text.notAsked(service, account));
      return (
        <Callout icon="check" title={text.title(service)} action={close} ref={ref}>
          {text.nothingToRevoke(account)} {signedOut}
        </Callout>
      );
    case 'ineffective':
      return unconfirmed(text.ineffective(service, account), outcome.worksUntil, text.stillWorksUntil);
    case 'unconfirmed':
      if (outcome.asksAgain && since === 'confirmed') {
        return (
          <Callout icon="check" title={text.title(service)} action={close} ref={ref}>
            {text.confirmedSince(service, account)} {signedOut}
          </Callout>
        );
      }
      if (outcome.asksAgain && since === 'refused') {
        return unconfirmed(text.refusedSince(service, account), outcome.worksUntil);
      }
      if (outcome.because === 'not-offered') {
        return unconfirmed(text.notOffered(service, account), outcome.worksUntil);
      }
      return unconfirmed(
        endedBy === 'record-damaged' ? text.notAsked(service, account) : text.unconfirmed(service, account),
        outcome.worksUntil,
      );
  }
}
