import { useState, type ReactNode } from 'react';

import type { SignInOutcome } from '#connections/sign-in/sign-in-outcome.ts';
import { accountParts, accountText, shortName, type AccountIdentity } from '#features/connections/account-name.ts';
import { messages } from '#messages/en.ts';
import type { ButtonLook } from '#ui/button-class-name.ts';
import { Button } from '#ui/button.tsx';
import { IsolatedParts } from '#ui/isolated-parts.tsx';
import { StandalonePage } from '#ui/standalone-page.tsx';

import styles from './comparison.module.css';

const text = messages.callback.accountMismatch;

/** What to do with a sign-in of a different account. Signing in again discards it first. */
export type AccountMismatchAction = 'sign-in-again' | 'keep-both' | 'discard';

interface AccountMismatchProps {
  outcome: Extract<SignInOutcome, { kind: 'account-mismatch' }>;
  onDecide: (action: AccountMismatchAction) => void;
}

/** Shows that a different account signed in than expected (UI-4), names both, and asks what to do with it. */
export function AccountMismatch({ outcome: { service, expected, actual }, onDecide }: AccountMismatchProps) {
  const [action, setAction] = useState<AccountMismatchAction>();
  const title = actual ? text.title(service.name) : text.unnamedTitle(service.name);
  const isAlike = actual !== undefined && accountText({ identity: expected }) === accountText({ identity: actual });
  const choice = (own: AccountMismatchAction, variant: ButtonLook['variant'], label: ReactNode) => (
    <Button
      key={own}
      variant={variant}
      busy={action === own}
      onClick={() => {
        setAction(own);
        onDecide(own);
      }}
    >
      <span>{label}</span>
    </Button>
  );
  const choices = {
    'sign-in-again': choice('sign-in-again', 'primary', text.signInAgain(named(expected))),
    'keep-both': choice('keep-both', 'plain', actual ? text.keep(named(actual)) : text.keepUnnamed),
    discard: choice('discard', 'danger', text.discard),
  };
  return (
    <StandalonePage
      appName={messages.appName}
      tone="warn"
      icon="alert"
      title={title}
      arrange="column"
      // The choice is final, so the other buttons are removed.
      actions={action === undefined ? Object.values(choices) : choices[action]}
    >
      <title>{messages.title(title)}</title>
      <p>{actual ? text.text : text.unnamedText}</p>
      <dl className={styles.compare}>
        <AccountLabel label={text.expected} identity={expected} withId={isAlike} />
        <AccountLabel label={text.actual} identity={actual} withId={isAlike} />
      </dl>
      <p role="status">
        {action !== undefined && (action === 'keep-both' ? text.keeping : text.discarding(service.name))}
      </p>
    </StandalonePage>
  );
}

interface AccountLabelProps {
  label: string;
  identity: AccountIdentity | undefined;
  /** Shows the account id, to tell apart two accounts with the same name. */
  withId: boolean;
}

function AccountLabel({ label, identity, withId }: AccountLabelProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {identity ? <IsolatedParts parts={accountParts({ identity })} /> : text.nobody}
        {identity && withId && (
          <small>
            <bdi>{text.id(identity.subject.slice(0, 80))}</bdi>
          </small>
        )}
      </dd>
    </div>
  );
}

function named(identity: AccountIdentity): ReactNode {
  return <bdi key="person">{shortName(identity)}</bdi>;
}
