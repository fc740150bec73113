import { useState } from 'react';

import type { ConnectionView } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';
import { Dialog } from '#ui/dialog.tsx';

const words = messages.connections.dialog;

interface DisconnectDialogProps {
  connection: ConnectionView;
  onDisconnect: (connectionId: string) => Promise<{ confirmed: boolean }>;
  onDone: (result: { confirmed: boolean }) => void;
  onKeep: () => void;
}

/** Asks before a connection ends, and stays until it has. */
export function DisconnectDialog({ connection, onDisconnect, onDone, onKeep }: DisconnectDialogProps) {
  const [state, setState] = useState<'asking' | 'working' | 'failed'>('asking');
  const service = connection.service.name;
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
      <p>{connection.status.kind === 'needs-sign-in' ? words.textAfterEnd(service) : words.text(service)}</p>
      <p role="alert">{state === 'failed' && words.failed}</p>
    </Dialog>
  );
}
