import { OperatorAdvice } from '#failures/operator-advice.tsx';
import { clientIdPath, originOf } from '#features/connections/client-id.ts';
import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import { StandalonePage } from '#ui/standalone-page.tsx';
import { useIsOnline } from '#ui/use-is-online.ts';

import { BackButton } from './back-button.tsx';
import { describeFailure, type Failure, type FailureText } from './callback-failure.ts';
import styles from './failed-sign-in.module.css';
import { IssuerComparison } from './issuer-comparison.tsx';

const text = messages.callback;

interface FailedSignInProps {
  outcome: Failure;
  typedClientIds: readonly string[];
  onStartAgain: (options: { isForgotten: boolean }) => void;
  onGo: (path: string) => void;
  onSeeDemo?: (() => void) | undefined;
}

/** Shows why a sign-in failed, what remains stored, and what helps. */
export function FailedSignIn({ outcome, typedClientIds, onStartAgain, onGo, onSeeDemo }: FailedSignInProps) {
  const isOnline = useIsOnline();
  const { tone, icon, title, paragraphs, wire, help } = describeFailure(
    outcome,
    isOnline,
    outcome.service && originOf(outcome.service, typedClientIds),
  );
  return (
    <StandalonePage
      appName={messages.appName}
      tone={tone}
      icon={icon}
      title={title}
      actions={
        onSeeDemo ? (
          <Button variant="primary" onClick={onSeeDemo}>
            {text.attackDemo.look}
          </Button>
        ) : (
          <Help help={help} outcome={outcome} onStartAgain={onStartAgain} onGo={onGo} />
        )
      }
    >
      <title>{messages.title(title)}</title>
      {onSeeDemo && <p>{text.attackDemo.text}</p>}
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {outcome.kind === 'issuer-mismatch' && <IssuerComparison expected={outcome.expected} actual={outcome.actual} />}
      {wire.length > 0 && (
        <p className={styles.wire}>
          {wire.map((line) => (
            <bdi key={line}>{line}</bdi>
          ))}
        </p>
      )}
      {outcome.kind === 'failed' && <OperatorAdvice failure={outcome} isOnline={isOnline} />}
    </StandalonePage>
  );
}

function Help({
  help,
  outcome,
  onStartAgain,
  onGo,
}: Omit<FailedSignInProps, 'typedClientIds' | 'onSeeDemo'> & Pick<FailureText, 'help'>) {
  const returnTo = ('returnTo' in outcome ? outcome.returnTo : undefined) ?? '/connections';
  const again = (variant: 'primary' | 'quiet', label: string, isForgotten = false) => (
    <Button
      variant={variant}
      onClick={() => {
        onStartAgain({ isForgotten });
      }}
    >
      {label}
    </Button>
  );
  switch (help.kind) {
    case 'back':
      return (
        <>
          <BackButton to={returnTo} variant="primary" onGo={onGo} />
          {help.again !== undefined && again('quiet', help.again)}
        </>
      );
    case 'inspect':
      return (
        <>
          <BackButton to="/inspector" variant="primary" label={text.openInspector} onGo={onGo} />
          <BackButton to={returnTo} onGo={onGo} />
        </>
      );
    case 'change-client-id':
      return (
        <>
          {outcome.service && (
            <BackButton
              to={clientIdPath(outcome.service.id, 'connectionId' in outcome ? outcome.connectionId : undefined)}
              variant="primary"
              label={messages.connect.changeClientId}
              onGo={onGo}
            />
          )}
          {again('quiet', help.again)}
          <BackButton to={returnTo} onGo={onGo} />
        </>
      );
    case 'again':
      return (
        <>
          {again('primary', help.label, help.isForgotten)}
          <BackButton to={returnTo} onGo={onGo} />
        </>
      );
  }
}
