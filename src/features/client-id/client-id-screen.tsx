import { type SubmitEvent, useRef, useState } from 'react';

import type { SignInFailure } from '#connections/failure.ts';
import { AttemptFailure } from '#failures/attempt-failure.tsx';
import { messages } from '#messages/en.ts';
import { clientId as text } from '#messages/en/client-id.ts';
import { copying } from '#messages/en/copying.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { CopyField } from '#ui/copy-field.tsx';
import { Page } from '#ui/page.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { TextField } from '#ui/text-field.tsx';

import styles from './client-id-screen.module.css';

/** The redirect URI, which must be registered with the client id. */
export type RedirectUri = { kind: 'asked' } | { kind: 'known'; uri: string } | ({ kind: 'failed' } & SignInFailure);

interface ClientIdScreenProps {
  /** The service's name. */
  service: string;
  /** The current client id. */
  clientId: string;
  redirectUri: RedirectUri;
  /** Stores the new client id and starts a sign-in with it. */
  onSave: (clientId: string) => void;
}

/** Lets the user correct a wrong client id in place; the service and its connections are preserved. */
export function ClientIdScreen({ service, clientId, redirectUri, onSave }: ClientIdScreenProps) {
  const [typed, setTyped] = useState(clientId);
  const [hasTried, setHasTried] = useState(false);
  const fieldRef = useRef<HTMLInputElement>(null);
  const isEmpty = typed.trim() === '';
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setHasTried(true);
    if (isEmpty) fieldRef.current?.focus();
    else onSave(typed.trim());
  };
  return (
    <Page title={text.title} lede={text.lede(service)}>
      <title>{messages.title(text.title)}</title>
      <form className={styles.form} noValidate onSubmit={submit}>
        <TextField
          ref={fieldRef}
          label={text.label}
          hint={text.publicOnly}
          value={typed}
          problem={hasTried && isEmpty ? text.empty : undefined}
          onChange={setTyped}
        />
        <div className={styles.redirect}>
          {redirectUri.kind === 'asked' && <Skeleton count={1} label={text.readingRedirectUri} />}
          {redirectUri.kind === 'known' && (
            <CopyField
              label={text.redirectUri}
              text={redirectUri.uri}
              copyLabel={text.copy}
              fullCopyLabel={text.copyRedirectUri}
              outcomes={copying}
            />
          )}
          {redirectUri.kind === 'failed' && <AttemptFailure serviceName={service} failure={redirectUri} />}
        </div>
        <p className={styles.kept}>{text.kept}</p>
        <div className={styles.actions}>
          <Button type="submit" variant="primary">
            {text.save}
          </Button>
          <ButtonLink variant="quiet" to="/connections">
            {text.back}
          </ButtonLink>
        </div>
      </form>
    </Page>
  );
}
