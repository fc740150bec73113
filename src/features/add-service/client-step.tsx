import { type ReactNode, useId } from 'react';

import type { ClientIdentification } from '#connections/discovery/security-profile.ts';
import { addService } from '#messages/en/add-service.ts';
import { clientId as ownIdText } from '#messages/en/client-id.ts';
import { copying } from '#messages/en/copying.ts';
import { ChoiceField } from '#ui/choice-field.tsx';
import { CopyField } from '#ui/copy-field.tsx';
import { TextField } from '#ui/text-field.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './add-service.module.css';
import type { ClientIdMode } from './connect-choice.ts';
import { Step } from './step.tsx';

const text = addService.client;

interface ClientStepProps {
  /** How the server identifies the app without a client id from the user; undefined while no server is chosen. */
  identification: ClientIdentification | undefined;
  /** The URL of this deployment's client id metadata document. */
  documentId: string | undefined;
  way: ClientIdMode;
  clientId: string;
  /** Undefined until known. */
  redirectUri: string | undefined;
  onChooseMode: (way: ClientIdMode) => void;
  onType: (clientId: string) => void;
  /** The connect action. */
  children: ReactNode;
}

/**
 * Lets the user choose how the server identifies the app: automatically (metadata document or registration) or by their own
 * client id (REG-1).
 */
export function ClientStep(props: ClientStepProps) {
  const { identification, documentId, way, clientId, redirectUri, onChooseMode, onType, children } = props;
  const name = useId();
  const field = (
    <div className={styles.own}>
      <TextField label={ownIdText.label} value={clientId} onChange={onType} />
      {redirectUri !== undefined && (
        <CopyField
          label={ownIdText.redirectUri}
          text={redirectUri}
          copyLabel={ownIdText.copy}
          fullCopyLabel={ownIdText.copyRedirectUri}
          outcomes={copying}
        />
      )}
    </div>
  );
  return (
    <Step number={4} state="now" title={text.title}>
      {identification === undefined && <p className={styles.soft}>{text.chooseFirst}</p>}
      {identification === 'none' && (
        <>
          <p className={styles.soft}>
            {text.noRegistration} {ownIdText.publicOnly}
          </p>
          <div className={styles.group}>{field}</div>
        </>
      )}
      {(identification === 'document' || identification === 'registration') && (
        <fieldset className={styles.group}>
          <legend>
            <VisuallyHidden>{text.legend}</VisuallyHidden>
          </legend>
          <ChoiceField
            type="radio"
            name={name}
            checked={way === 'automatic'}
            label={
              <span className={styles.named}>
                {text[identification].label}
                <span className={styles.tag}>{text.supported}</span>
              </span>
            }
            onChange={() => {
              onChooseMode('automatic');
            }}
          >
            <span>{text[identification].text}</span>
            {identification === 'registration' && <span className={styles.risk}>{text.registration.risk}</span>}
            {identification === 'document' && (
              <code className={styles.wire}>
                <bdi>{documentId}</bdi>
              </code>
            )}
          </ChoiceField>
          <ChoiceField
            type="radio"
            name={name}
            checked={way === 'own'}
            label={text.own}
            onChange={() => {
              onChooseMode('own');
            }}
          >
            <span>{ownIdText.publicOnly}</span>
          </ChoiceField>
          {way === 'own' && field}
        </fieldset>
      )}
      {children}
    </Step>
  );
}
