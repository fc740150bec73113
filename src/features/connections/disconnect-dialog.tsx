import { useState } from 'react';

import type { DisconnectOutcome } from '#connections/disconnect/disconnect-outcome.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { ChoiceField } from '#ui/choice-field.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { IsolatedParts } from '#ui/isolated-parts.tsx';

import { accountParts } from './account-name.ts';
import styles from './disconnect-dialog.module.css';

const text = messages.connections.dialog;

/** A provider's own sign-out. */
export interface SignOutOffer {
  host: string;
  hasReturnUri: boolean;
}

/** For connections that ended for these reasons the server is not asked to revoke anything. */
const NOT_ASKED: ReadonlySet<string> = new Set(['grant-refused', 'client-unknown', 'record-damaged']);

/** Ends a connection. If `signsOut`, the page then leaves for the provider's own sign-out. */
export type OnDisconnect = (connectionId: string, options: { signsOut: boolean }) => Promise<DisconnectOutcome>;

interface DisconnectDialogProps {
  /** A snapshot from when the user asked: the connection is deleted while the revocation is still pending. */
  connection: ConnectionView;
  /** The provider's sign-out, offered as an option (REV-5); undefined if the provider has none. */
  signOut: SignOutOffer | undefined;
  /** Whether posts are published through this connection. */
  takesPosts: boolean;
  onDisconnect: OnDisconnect;
  onDone: (outcome: DisconnectOutcome, options: { signsOut: boolean }) => void;
  onKeep: () => void;
}

/** Asks for confirmation before disconnecting, and stays open until it is done. */
export function DisconnectDialog(props: DisconnectDialogProps) {
  const { connection, signOut, takesPosts, onDisconnect, onDone, onKeep } = props;
  const [signsOut, setSignsOut] = useState(false);
  const [state, setState] = useState<'asking' | 'working' | 'failed'>('asking');
  const service = connection.service.name;
  const { status } = connection;
  const isOffered = connection.details?.offersRevocation !== false;
  const isAsked = isOffered && (status.kind !== 'needs-sign-in' || !NOT_ASKED.has(status.reason));
  const isWorking = state === 'working';
  const isEnded = status.kind === 'needs-sign-in';
  const stays = text.stays[takesPosts ? (isEnded ? 'postsAfterEnd' : 'posts') : 'data'];
  const disconnect = async (): Promise<void> => {
    setState('working');
    try {
      onDone(await onDisconnect(connection.id, { signsOut }), { signsOut });
    } catch {
      setState('failed');
    }
  };
  return (
    <Dialog
      title={isWorking ? text.workingTitle(service) : text.title(service)}
      cancelLabel={text.keep}
      confirmLabel={signsOut ? text.confirmBoth : text.confirm}
      busy={isWorking}
      onCancel={() => {
        // Disconnecting can't be cancelled once it has started.
        if (!isWorking) onKeep();
      }}
      onConfirm={() => {
        void disconnect();
      }}
    >
      <p>{text.account(<IsolatedParts key="account" parts={accountParts(connection)} />)}</p>
      <p>
        {isEnded ? text.ended[status.reason](service) : (isOffered ? text.text : text.textNotOffered)(service)}{' '}
        {stays(service)}
      </p>
      {signOut && !isWorking && (
        <div className={styles.choice}>
          <ChoiceField
            type="checkbox"
            checked={signsOut}
            label={<span>{text.signOut.label(<bdi key="host">{signOut.host}</bdi>)}</span>}
            onChange={setSignsOut}
          >
            <span>
              {text.signOut.text} {signOut.hasReturnUri ? text.signOut.hasReturnUri : text.signOut.leadsNotBack}
            </span>
          </ChoiceField>
        </div>
      )}
      <p role="status">{isWorking && (isAsked ? text.revoking(service) : text.forgetting)}</p>
      <p role="alert">{state === 'failed' && text.failed}</p>
    </Dialog>
  );
}
