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

const words = messages.callback;

interface CallbackScreenProps {
  /** Undefined: a bare visit of the page, with no answer in the address. */
  progress: Exclude<SignInProgress, { kind: 'broken' }> | undefined;
  /** Services whose client id somebody typed in here: it can be changed. */
  typedClientIds: readonly string[];
  /** Begins what was answered once more. */
  onStartAgain: (options: { isForgotten: boolean }) => void;
  /** Ends what is under way. */
  onCancel: () => void;
  /** What is to become of a sign-in that is another person's; asked once. */
  onDecide: (wish: AccountMismatchAction) => void;
  onGo: (path: string) => void;
  /** Somebody has meddled with it for a lesson: leads to what caught that. */
  onSeeDemo?: (() => void) | undefined;
}

/** Where a service sends the browser back: what is under way, and what came of it. Stands outside the shell. */
export function CallbackScreen(props: CallbackScreenProps): ReactNode {
  const { progress, typedClientIds, onStartAgain, onCancel, onDecide, onGo, onSeeDemo } = props;
  if (!progress) return <NothingToFinish onGo={onGo} />;
  if (progress.kind === 'working') return <Working progress={progress} onCancel={onCancel} onGo={onGo} />;
  const { outcome } = progress;
  if (outcome.kind === 'connected') return <Connected outcome={outcome} onGo={onGo} />;
  if (outcome.kind === 'account-mismatch') return <AccountMismatch outcome={outcome} onDecide={onDecide} />;
  return <FailedSignIn {...{ outcome, typedClientIds, onStartAgain, onGo, onSeeDemo }} />;
}

type OnGo = Pick<CallbackScreenProps, 'onGo'>;

function NothingToFinish({ onGo }: OnGo) {
  const { title, text } = words.nothing;
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

interface WorkingProps extends OnGo {
  progress: Extract<SignInProgress, { kind: 'working' }>;
  onCancel: () => void;
}

function Working({ progress, onCancel, onGo }: WorkingProps) {
  const title = words.working(progress.service?.name);
  const actions = (
    <>
      <Button variant="quiet" onClick={onCancel}>
        {words.cancel}
      </Button>
      <TextButton
        onClick={() => {
          onGo('/inspector');
        }}
      >
        {words.watch}
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
  const { title, text } = words.connected(service.name);
  const actions = <BackButton to={returnTo} variant="primary" label={words.goOn} onGo={onGo} />;
  return (
    <StandalonePage appName={messages.appName} tone="ok" icon="check" title={title} actions={actions}>
      <title>{messages.title(title)}</title>
      <p>{text}</p>
    </StandalonePage>
  );
}
