import { useCallback, useState, useSyncExternalStore } from 'react';
import { useLocation, useNavigate } from 'react-router';

import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import type { SignInProgress } from '#connections/sign-in/sign-in-outcome.ts';
import { messages } from '#messages/en.ts';
import type { ToastContent } from '#ui/toast.tsx';

const t = messages.callback.endedElsewhere;
const CALLBACK = '/callback';

interface SignInToast {
  /** Undefined if there is nothing to report. */
  toast: ToastContent | undefined;
  onDone: () => void;
}

/** Returns a toast for a sign-in that ended without a connection while the user was on another page, such as the inspector. */
export function useSignInToast(signIn: ReturningSignIn | undefined): SignInToast {
  const progress = useSyncExternalStore<SignInProgress | undefined>(
    signIn?.progress.subscribe ?? notAtAll,
    signIn?.progress.get ?? nothing,
  );
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [announced, setAnnounced] = useState<SignInProgress>();
  const isShown = pathname === CALLBACK || pathname.startsWith(`${CALLBACK}/`);
  // Do not repeat on other pages what the callback page has already shown.
  if (isShown && announced !== progress) setAnnounced(progress);
  const onDone = useCallback(() => setAnnounced(progress), [progress]);
  const text = progress && textFor(progress);
  if (text === undefined || isShown || announced === progress) return { toast: undefined, onDone };
  const action = { label: t.look, onAction: () => void navigate(CALLBACK) };
  return { toast: { id: 0, text, action }, onDone };
}

function textFor(progress: SignInProgress): string | undefined {
  if (progress.kind === 'working') return undefined;
  const end = progress.kind === 'done' ? progress.outcome.kind : 'broken';
  if (end === 'connected') return undefined;
  return end === 'account-mismatch' ? t.undecided : t.ended;
}

const notAtAll = (): (() => void) => () => {};
const nothing = (): undefined => undefined;
