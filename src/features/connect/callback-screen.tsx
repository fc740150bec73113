import type { SignInOutcome, SignInProgress } from '#connections/sign-in-outcome.ts';
import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import { StandingAlone } from '#ui/standing-alone.tsx';
import { TextButton } from '#ui/text-button.tsx';

import { describeFailure, type Failure } from './callback-failure.ts';
import styles from './callback-screen.module.css';
import { IssuerComparison } from './issuer-comparison.tsx';
import { SignInSteps } from './sign-in-steps.tsx';

const words = messages.callback;

interface CallbackScreenProps {
  /** Undefined: a bare visit of the page, with no answer in the address. */
  progress: Exclude<SignInProgress, { kind: 'broken' }> | undefined;
  onStartAgain: (serviceId: string | undefined) => void;
  onGo: (path: string) => void;
}

/** Where a service sends the browser back: what is under way, and what came of it. Stands outside the shell. */
export function CallbackScreen({ progress, onStartAgain, onGo }: CallbackScreenProps) {
  // A new key for each moment: its title takes the focus anew.
  const moment = progress?.kind === 'done' ? progress.outcome.kind : progress?.kind;
  const title = <title>{messages.title(words.title)}</title>;
  if (!progress) {
    return (
      <StandingAlone
        key={moment}
        appName={messages.appName}
        tone="plain"
        icon="minus"
        title={words.nothing.title}
        actions={
          <>
            <Go to="/connections" variant="primary" onGo={onGo} />
            <Go to="/" onGo={onGo} />
          </>
        }
      >
        {title}
        <p>{words.nothing.text}</p>
      </StandingAlone>
    );
  }
  if (progress.kind === 'working') {
    const watch = (
      <TextButton
        onClick={() => {
          onGo('/inspector');
        }}
      >
        {words.watch}
      </TextButton>
    );
    return (
      <StandingAlone
        key={moment}
        appName={messages.appName}
        tone="go"
        title={words.working(progress.service?.name)}
        actions={watch}
      >
        {title}
        <SignInSteps stages={progress.stages} />
      </StandingAlone>
    );
  }
  const { outcome } = progress;
  if (outcome.kind === 'connected') {
    const said = words.connected(outcome.service.name);
    return (
      <StandingAlone
        key={moment}
        appName={messages.appName}
        tone="ok"
        icon="check"
        title={said.title}
        actions={
          <Button
            variant="primary"
            onClick={() => {
              onGo(outcome.returnTo);
            }}
          >
            {words.goOn}
          </Button>
        }
      >
        {title}
        <p>{said.text}</p>
      </StandingAlone>
    );
  }
  const failure = describeFailure(outcome);
  return (
    <StandingAlone
      key={moment}
      appName={messages.appName}
      tone={failure.tone}
      icon={failure.icon}
      title={failure.title}
      actions={<FailureActions outcome={outcome} again={failure.again} onStartAgain={onStartAgain} onGo={onGo} />}
    >
      {title}
      {failure.paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {outcome.kind === 'issuer-mismatch' && <IssuerComparison expected={outcome.expected} actual={outcome.actual} />}
      {failure.wire.length > 0 && (
        <p className={styles.wire}>
          {failure.wire.map((line) => (
            <bdi key={line}>{line}</bdi>
          ))}
        </p>
      )}
    </StandingAlone>
  );
}

interface FailureActionsProps {
  outcome: Failure;
  again: string | undefined;
  onStartAgain: CallbackScreenProps['onStartAgain'];
  onGo: CallbackScreenProps['onGo'];
}

function FailureActions({ outcome, again, onStartAgain, onGo }: FailureActionsProps) {
  const back = <Go to={returnOf(outcome)} onGo={onGo} />;
  if (again === undefined) {
    return (
      <>
        <Go to="/inspector" variant="primary" label={words.openInspector} onGo={onGo} />
        {back}
      </>
    );
  }
  return (
    <>
      <Button
        variant="primary"
        onClick={() => {
          onStartAgain(outcome.service?.id);
        }}
      >
        {again}
      </Button>
      {back}
    </>
  );
}

interface GoProps {
  to: string;
  variant?: 'primary' | 'quiet';
  label?: string;
  onGo: (path: string) => void;
}

function Go({ to, variant = 'quiet', label = backTo(to), onGo }: GoProps) {
  return (
    <Button
      variant={variant}
      onClick={() => {
        onGo(to);
      }}
    >
      {label}
    </Button>
  );
}

function returnOf(outcome: SignInOutcome): string {
  return 'returnTo' in outcome ? outcome.returnTo : '/connections';
}

function backTo(path: string): string {
  if (path.startsWith('/connections')) return words.backToConnections;
  return path.startsWith('/inspector') ? words.backToInspector : words.backToPlanner;
}
