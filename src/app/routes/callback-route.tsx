import { useEffect, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';

import type { SignInProgress } from '#connections/sign-in-outcome.ts';
import { CallbackScreen } from '#features/connect/callback-screen.tsx';
import { messages } from '#messages/en.ts';

import type { ReturningSignIn } from '#app/returning-sign-in.ts';
import type { Services } from '#app/services.ts';
import { useSignIn } from '#app/use-sign-in.ts';

interface CallbackRouteProps {
  services: Services;
  /** Missing on a bare visit of the page. */
  signIn: ReturningSignIn | undefined;
}

/** Where services send the browser back to: follows the sign-in, and goes on when it has worked. */
export function CallbackRoute({ services, signIn }: CallbackRouteProps) {
  const progress = useSyncExternalStore<SignInProgress | undefined>(
    signIn?.progress.subscribe ?? notAtAll,
    signIn?.progress.get ?? nothing,
  );
  const navigate = useNavigate();
  const { connectThere } = useSignIn(services);
  const { admitted, connections, toasts } = services;
  const connected = progress?.kind === 'done' && progress.outcome.kind === 'connected' ? progress.outcome : undefined;
  useEffect(() => {
    if (!connected) return;
    const { service, connectionId, returnTo } = connected;
    const goOn = async (): Promise<void> => {
      await admitted;
      toasts.show(messages.toasts.connected(service.name, connections.find(connectionId)?.identity?.name ?? ''));
      await navigate(returnTo, { replace: true });
    };
    void goOn();
  }, [connected, admitted, connections, toasts, navigate]);
  if (progress?.kind === 'broken') throw progress.error; // for the error boundary
  return <CallbackScreen progress={progress} onStartAgain={connectThere} onGo={(path) => void navigate(path)} />;
}

const notAtAll = (): (() => void) => () => {};
const nothing = (): undefined => undefined;
