import { useEffect, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';

import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import type { AppContext } from '#app/composition/app-context.ts';
import type { SignInProgress, SignInContext } from '#connections/sign-in/sign-in-outcome.ts';
import type { AccountMismatchAction } from '#features/connections/callback/account-mismatch.tsx';
import { CallbackScreen } from '#features/connections/callback/callback-screen.tsx';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { messages } from '#messages/en.ts';

import { inspectorAt } from './use-inspector-location.ts';
import { useManualClientIds } from './use-manual-client-ids.ts';
import { useSignIn } from './use-sign-in.ts';

interface CallbackRouteProps {
  app: AppContext;
  /** Undefined if the page was opened without an authorization response. */
  signIn: ReturningSignIn | undefined;
}

/** The redirect target of sign-ins: shows the progress, and navigates on after success. */
export function CallbackRoute({ app, signIn }: CallbackRouteProps) {
  const progress = useSyncExternalStore<SignInProgress | undefined>(
    signIn?.progress.subscribe ?? notAtAll,
    signIn?.progress.get ?? nothing,
  );
  const navigate = useNavigate();
  const { connectOnConnections, reauthorizeOnConnections } = useSignIn(app);
  const typedClientIds = useManualClientIds(app);
  const { admitted, connections, toasts } = app;
  const connected = progress?.kind === 'done' && progress.outcome.kind === 'connected' ? progress.outcome : undefined;
  useEffect(() => {
    if (!connected) return;
    const { service, connectionId, returnTo, resumes } = connected;
    const goOn = async (): Promise<void> => {
      await admitted;
      // If a post waited for this sign-in, its own toast reports the result instead.
      if (resumes === undefined)
        toasts.show(
          messages.toasts.connected(service.name, connections.find(connectionId)?.identity?.name ?? ''),
          connectionId,
        );
      await navigate(returnTo, { replace: true });
    };
    void goOn();
  }, [connected, admitted, connections, toasts, navigate]);
  /** Restarts a sign-in with the same purpose: connection, scope, return path and waiting post. */
  const beginAgain = (purpose: Partial<SignInContext>, options: { isForgotten?: boolean } = {}): void => {
    const { service, connectionId, returnTo = '/connections', scope, resumes, authentication } = purpose;
    if (connectionId === undefined || !connections.find(connectionId)) {
      connectOnConnections(service?.id, { returnTo, ...options });
      return;
    }
    reauthorizeOnConnections(omitUndefined({ connectionId, returnTo, scope, resumes, authentication, ...options }));
  };
  const decide = async (action: AccountMismatchAction): Promise<void> => {
    if (!signIn || progress?.kind !== 'done' || progress.outcome.kind !== 'account-mismatch') return;
    const { outcome } = progress;
    await signIn.decide(action === 'keep-both' ? 'keep-both' : 'discard');
    const { kind } = signIn.progress.get(); // an error is shown in place of this screen
    if (action === 'sign-in-again' && kind === 'done') beginAgain(outcome);
  };
  const demoFlow = progress?.kind === 'done' ? scenarioTriedOn(signIn, app) : undefined;
  if (progress?.kind === 'broken') throw progress.error; // for the error boundary
  return (
    <CallbackScreen
      progress={progress}
      interrupted={signIn ? undefined : app.finishing.interrupted()}
      typedClientIds={typedClientIds}
      onStartAgain={(options) => beginAgain(progress?.kind === 'done' ? progress.outcome : {}, options)}
      onConnect={(serviceId) => {
        app.finishing.clear();
        connectOnConnections(serviceId, { returnTo: '/connections' });
      }}
      onCancel={() => signIn?.cancel()}
      onDecide={(action) => void decide(action)}
      onGo={(path) => {
        if (!signIn) app.finishing.clear();
        void navigate(path);
      }}
      onSeeDemo={demoFlow === undefined ? undefined : () => void navigate(inspectorAt({ flow: demoFlow }))}
    />
  );
}

/** Returns the demo's flow if the sign-in was tampered with; a user who denied access at the service has not seen the attack. */
function scenarioTriedOn(signIn: ReturningSignIn | undefined, { recorder }: AppContext): string | undefined {
  const demoFlow = signIn?.demoFlow;
  return recorder.events().some(({ flow, type }) => flow === demoFlow && type === 'tampered') ? demoFlow : undefined;
}

const notAtAll = (): (() => void) => () => {};
const nothing = (): undefined => undefined;
