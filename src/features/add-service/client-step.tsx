import { type ReactNode, useId } from 'react';

import type { FoundServer } from '#connections/found-service.ts';
import { addService } from '#messages/en/add-service.ts';
import { clientId as ownIdWords } from '#messages/en/client-id.ts';
import { copying } from '#messages/en/copying.ts';
import { CopyLine } from '#ui/copy-line.tsx';
import { Field } from '#ui/field.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './add-service.module.css';
import { Choice } from './choice.tsx';
import type { ClientWay } from './connect-choice.ts';
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
      <Field label={ownIdWords.label} value={clientId} onChange={onType} />
      {redirectUri !== undefined && (
        <CopyLine
          label={ownIdWords.redirectUri}
          text={redirectUri}
          copyLabel={ownIdWords.copy}
          fullCopyLabel={ownIdWords.copyRedirectUri}
          outcomes={copying}
        />
      )}
    </div>
  );
  return (
    <Step number={4} state="now" title={words.title}>
      {server?.kind !== 'usable' && <p className={styles.soft}>{words.chooseFirst}</p>}
      {server?.kind === 'usable' && server.metadata.registration_endpoint === undefined && (
        <>
          <p className={styles.soft}>
            {words.noRegistration} {ownIdWords.publicOnly}
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
            <span>{ownIdWords.publicOnly}</span>
          </Choice>
          {way === 'own' && field}
        </fieldset>
      )}
      {children}
    </Step>
  );
}
