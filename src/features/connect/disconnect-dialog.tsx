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
  const hasEnded = connection.status.kind === 'needs-sign-in';
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
      title={words.title(service)}
      cancelLabel={words.keep}
      confirmLabel={words.confirm}
      busy={state === 'working'}
      onCancel={() => {
        // What is under way can't be taken back any more.
        if (state !== 'working') onKeep();
      }}
      onConfirm={() => {
        void disconnect();
      }}
    >
      <p>{words.account(<bdi key="account">{accountText(connection)}</bdi>)}</p>
      <p>{hasEnded ? words.textAfterEnd(service) : words.text(service)}</p>
      <p role="status">{state === 'working' && (hasEnded ? words.forgetting : words.revoking(service))}</p>
      <p role="alert">{state === 'failed' && words.failed}</p>
    </Dialog>
  );
}
