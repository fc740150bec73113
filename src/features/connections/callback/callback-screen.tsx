import type { ReactNode } from 'react';

import type { SignInOutcome, SignInProgress } from '#connections/sign-in/sign-in-outcome.ts';
import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import { StandalonePage } from '#ui/standalone-page.tsx';
import { TextButton } from '#ui/text-button.tsx';

import { AccountMismatch, type AccountMismatchAction } from './account-mismatch.tsx';
import { BackButton } from './back-button.tsx';
import { FailedSignIn } from './failed-sign-in.tsx';
import { SignInSteps } from './sign-in-steps.tsx';

const t = messages.callback;

interface CallbackScreenProps {
  /** Undefined if the page was opened without an authorization response in the URL. */
  progress: Exclude<SignInProgress, { kind: 'broken' }> | undefined;
  /** The service whose sign-in a reload of the page interrupted. */
  interrupted: { id: string; name: string } | undefined;
  /** Services whose client id the user typed in and can therefore change. */
  typedClientIds: readonly string[];
  /** Starts the same sign-in again. */
  onStartAgain: (options: { isForgotten: boolean }) => void;
  /** Starts a new sign-in with the service of an interrupted one. */
  onConnect: (serviceId: string) => void;
  /** Cancels the sign-in in progress. */
  onCancel: () => void;
  /** Called once with the user's decision about a sign-in of a different account. */
  onDecide: (action: AccountMismatchAction) => void;
  onGo: (path: string) => void;
  /** Set if an attack demo altered the response: opens the step that caught it. */
  onSeeDemo?: (() => void) | undefined;
}

/** Shows the progress and the outcome of a returning sign-in. Rendered outside the shell. */
export function CallbackScreen(props: CallbackScreenProps): ReactNode {
  const { progress, interrupted, typedClientIds, onStartAgain, onConnect, onCancel, onDecide, onGo, onSeeDemo } = props;
  if (!progress && interrupted) return <Interrupted service={interrupted} onConnect={onConnect} onGo={onGo} />;
  if (!progress) return <NothingToFinish onGo={onGo} />;
  if (progress.kind === 'working') return <Working progress={progress} onCancel={onCancel} onGo={onGo} />;
  const { outcome } = progress;
  if (outcome.kind === 'connected') return <Connected outcome={outcome} onGo={onGo} />;
  if (outcome.kind === 'account-mismatch') return <AccountMismatch outcome={outcome} onDecide={onDecide} />;
  return <FailedSignIn {...{ outcome, typedClientIds, onStartAgain, onGo, onSeeDemo }} />;
}

type OnGo = Pick<CallbackScreenProps, 'onGo'>;

function NothingToFinish({ onGo }: OnGo) {
  const { title, text } = t.nothing;
  const actions = (
    <>
      <BackButton to="/connections" variant="primary" onGo={onGo} />
      <BackButton to="/" onGo={onGo} />
    </>
  );
  return (
    <StandalonePage appName={messages.appName} tone="plain" icon="minus" title={title} actions={actions}>
      <title>{messages.title(title)}</title>
      <p>{text}</p>
    </StandalonePage>
  );
}

interface InterruptedProps extends OnGo {
  service: { id: string; name: string };
  onConnect: (serviceId: string) => void;
}

function Interrupted({ service, onConnect, onGo }: InterruptedProps) {
  const { title, text } = t.interrupted(service.name);
  const actions = (
    <>
      <BackButton to="/connections" variant="primary" onGo={onGo} />
      <Button variant="quiet" onClick={() => onConnect(service.id)}>
        {t.startAgain}
      </Button>
    </>
  );
  return (
    <StandalonePage appName={messages.appName} tone="warn" icon="alert" title={title} actions={actions}>
      <title>{messages.title(title)}</title>
      <p>{text}</p>
    </StandalonePage>
  );
}

interface WorkingProps extends OnGo {
  progress: Extract<SignInProgress, { kind: 'working' }>;
  onCancel: () => void;
}

function Working({ progress, onCancel, onGo }: WorkingProps) {
  const title = t.working(progress.service?.name);
  const actions = (
    <>
      <Button variant="quiet" onClick={onCancel}>
        {t.cancel}
      </Button>
      <TextButton
        onClick={() => {
          onGo('/inspector');
        }}
      >
        {t.watch}
      </TextButton>
    </>
  );
  return (
    <StandalonePage appName={messages.appName} tone="go" title={title} actions={actions}>
      <title>{messages.title(title)}</title>
      <SignInSteps stages={progress.stages} />
    </StandalonePage>
  );
}

interface ConnectedProps extends OnGo {
  outcome: Extract<SignInOutcome, { kind: 'connected' }>;
}

function Connected({ outcome: { service, returnTo }, onGo }: ConnectedProps) {
  const { title, text } = t.connected(service.name);
  const actions = <BackButton to={returnTo} variant="primary" label={t.goOn} onGo={onGo} />;
  return (
    <StandalonePage appName={messages.appName} tone="ok" icon="check" title={title} actions={actions}>
      <title>{messages.title(title)}</title>
      <p>{text}</p>
    </StandalonePage>
  );
}
