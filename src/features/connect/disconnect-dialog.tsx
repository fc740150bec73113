import { useState } from 'react';

import type { ConnectionView } from '#connections/connection-view.ts';
import type { DisconnectOutcome } from '#connections/disconnect.ts';
import { messages } from '#messages/en.ts';
import { Dialog } from '#ui/dialog.tsx';

import { accountText } from './account-name.ts';

const words = messages.connections.dialog;

interface DisconnectDialogProps {
  /** As it was when the person asked: it is forgotten while the server is still being waited for. */
  connection: ConnectionView;
  onDisconnect: (connectionId: string) => Promise<DisconnectOutcome>;
  onDone: (outcome: DisconnectOutcome) => void;
  onKeep: () => void;
}

/** Asks before a connection ends, and stays until it has. */
export function DisconnectDialog({ connection, onDisconnect, onDone, onKeep }: DisconnectDialogProps) {
  const [state, setState] = useState<'asking' | 'working' | 'failed'>('asking');
  const service = connection.service.name;
  const { status } = connection;
  /** Of other sign-ins that are over, the service takes no word any more. */
  const isAsked = status.kind !== 'needs-sign-in' || status.reason === 'token-refused';
  const isWorking = state === 'working';
  const disconnect = async (): Promise<void> => {
    setState('working');
    try {
      onDone(await onDisconnect(connection.id));
    } catch {
      setState('failed');
    }
  };
  return (
    <Dialog
      title={isWorking ? words.workingTitle(service) : words.title(service)}
      cancelLabel={words.keep}
      confirmLabel={words.confirm}
      busy={isWorking}
      onCancel={() => {
        // What is under way can't be taken back any more.
        if (!isWorking) onKeep();
      }}
      onConfirm={() => {
        void disconnect();
      }}
    >
      <p>{words.account(<bdi key="account">{accountText(connection)}</bdi>)}</p>
      <p>
        {status.kind === 'needs-sign-in'
          ? `${words.ended[status.reason](service)} ${words.afterEnd}`
          : words.text(service)}
      </p>
      <p role="status">{isWorking && (isAsked ? words.revoking(service) : words.forgetting)}</p>
      <p role="alert">{state === 'failed' && words.failed}</p>
    </Dialog>
  );
}
