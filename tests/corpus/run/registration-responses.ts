import { registerClient } from '#oauth/registration.ts';
import { rejection, responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { testContext } from '#tests/support/flow-context.ts';

import { SERVER } from './as.ts';

export interface RegistrationResponseEntry extends Entry, WrittenResponse {}

const DESCRIPTION = {
  redirectUri: 'https://planner.example/callback',
  clientName: 'Content Planner',
  clientUri: 'https://planner.example/',
  signOutReturnUri: 'https://planner.example/signed-out',
};

/** Registers at a server that responds so, and says which client id the app has then. `managed`: it can delete it later. */
export async function runRegistrationResponse(entry: RegistrationResponseEntry): Promise<object> {
  const context = testContext(() => Promise.resolve(responseOf(entry)));
  try {
    const { clientId, managementUri, managementToken } = await registerClient(context, SERVER, DESCRIPTION);
    const isManaged = managementUri !== undefined && managementToken !== undefined;
    return { outcome: 'registered', clientId, ...(isManaged && { managed: true }) };
  } catch (error) {
    return rejection(error);
  }
}
