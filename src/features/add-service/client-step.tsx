import { type ReactNode, useId } from 'react';

import type { FoundServer } from '#connections/found-service.ts';
import { addService } from '#messages/en/add-service.ts';
import { Choice } from '#ui/choice.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './add-service.module.css';
import type { ClientWay } from './connect-choice.ts';
import { CopyButton } from './copy-button.tsx';
import { Field } from './field.tsx';
import { Step } from './step.tsx';

const words = addService.client;

interface ClientStepProps {
  server: FoundServer | undefined;
  way: ClientWay;
  clientId: string;
  /** Undefined while it is not known. */
  redirectUri: string | undefined;
  onChooseWay: (way: ClientWay) => void;
  onType: (clientId: string) => void;
  /** The way on. */
  children: ReactNode;
}

/** How the server comes to know the app: by registering now, or by a client id that somebody brings (REG-1). */
export function ClientStep(props: ClientStepProps) {
  const { server, way, clientId, redirectUri, onChooseWay, onType, children } = props;
  const name = useId();
  const field = (
    <div className={styles.own}>
      <Field label={words.clientId} value={clientId} onChange={onType} />
      {redirectUri !== undefined && <RedirectUri redirectUri={redirectUri} />}
    </div>
  );
  return (
    <Step number={4} state="now" title={words.title}>
      {server?.kind !== 'usable' && <p className={styles.soft}>{words.chooseFirst}</p>}
      {server?.kind === 'usable' && server.metadata.registration_endpoint === undefined && (
        <>
          <p className={styles.soft}>
            {words.noRegistration} {words.ownText}
          </p>
          <div className={styles.group}>{field}</div>
        </>
      )}
      {server?.kind === 'usable' && server.metadata.registration_endpoint !== undefined && (
        <fieldset className={styles.group}>
          <legend>
            <VisuallyHidden>{words.legend}</VisuallyHidden>
          </legend>
          <Choice
            type="radio"
            name={name}
            checked={way === 'registration'}
            label={
              <span>
                {words.registration}
                <span className={styles.tag}>{words.supported}</span>
              </span>
            }
            onChange={() => {
              onChooseWay('registration');
            }}
          >
            <span>{words.registrationText}</span>
            <span className={styles.risk}>{words.registrationRisk}</span>
          </Choice>
          <Choice
            type="radio"
            name={name}
            checked={way === 'own'}
            label={words.own}
            onChange={() => {
              onChooseWay('own');
            }}
          >
            <span>{words.ownText}</span>
          </Choice>
          {way === 'own' && field}
        </fieldset>
      )}
      {children}
    </Step>
  );
}

function RedirectUri({ redirectUri }: { redirectUri: string }) {
  return (
    <div className={styles.stack}>
      <span className={styles.key}>{words.redirectUri}</span>
      <div className={styles.row}>
        <code>{redirectUri}</code>
        <CopyButton text={redirectUri} label={words.copy} fullLabel={words.copyRedirectUri} />
      </div>
    </div>
  );
}
