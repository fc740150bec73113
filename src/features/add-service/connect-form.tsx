import { type Ref, type SubmitEvent, useEffect, useState } from 'react';

import type { DiscoveredService } from '#connections/discovery/discovered-service.ts';
import { registrationMethod } from '#connections/discovery/security-profile.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { hostOf } from '#ui/host-parts.ts';

import styles from './add-service.module.css';
import { ClientStep } from './client-step.tsx';
import { ConnectAction } from './connect-action.tsx';
import { type ClientWay, type ConnectChoice, onlyUsable, readinessOf } from './connect-choice.ts';
import type { FormDraft } from './form-draft.ts';
import { FoundStep } from './found-step.tsx';
import { ScopesStep } from './scopes-step.tsx';
import { leastScopes, offeredScopes } from './scopes.ts';

interface ConnectFormProps {
  found: DiscoveredService;
  /** The address that was searched. */
  address: string;
  /** What was chosen for this service before the page left for the sign-in. */
  filled: FormDraft | undefined;
  redirectUri: string | undefined;
  documentId: string | undefined;
  attempt: SignInAttempt;
  isOnline: boolean;
  onChoose: (issuer: string) => void;
  onConnect: (choice: ConnectChoice, form: FormDraft) => void;
  onCancel: () => void;
  titleRef: Ref<HTMLHeadingElement>;
}

/** Shows what was found and collects the user's choices before leaving for the service. */
export function ConnectForm(props: ConnectFormProps) {
  const {
    found,
    address,
    filled,
    redirectUri,
    documentId,
    attempt,
    isOnline,
    onChoose,
    onConnect,
    onCancel,
    titleRef,
  } = props;
  const [issuer, setIssuer] = useState(onlyUsable(found)?.issuer ?? usableAt(found, filled?.issuer));
  /** Undefined until the user changes the proposed scopes. */
  const [wished, setWished] = useState(filled?.scopes);
  const [typedScopes, setTypedScopes] = useState(filled?.typedScopes ?? '');
  const [chosenWay, setChosenWay] = useState<ClientWay>(filled?.way ?? 'automatic');
  const [clientId, setClientId] = useState(filled?.clientId ?? '');
  /** The server that `attempt` belongs to, even if another one has been chosen since. */
  const [tried, setTried] = useState<string>();
  useEffect(() => {
    if (issuer !== undefined) onChoose(issuer);
  }, [issuer, onChoose]);

  const server = found.servers.find((each) => each.issuer === issuer);
  const offered = offeredScopes(found, server);
  const chosenScopes = wished?.filter((scope) => offered.includes(scope)) ?? leastScopes(offered, found.neededScopes);
  const known = { hasClientId: false, hasDocument: documentId !== undefined };
  const identification = server?.kind === 'usable' ? registrationMethod(server.metadata, known) : undefined;
  const way = identification === 'none' || identification === undefined ? 'own' : chosenWay;
  const readiness = readinessOf({ found, server, offered, chosenScopes, typedScopes, way, clientId });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (readiness.kind !== 'ready' || attempt.kind === 'working') return;
    const { choice } = readiness;
    setTried(choice.issuer);
    onConnect(choice, omitUndefined({ address, issuer: choice.issuer, typedScopes, way, clientId, scopes: wished }));
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <FoundStep {...{ found, isOnline, titleRef }} chosen={server} onChoose={setIssuer} />
      <ScopesStep
        offered={offered}
        needed={found.neededScopes}
        chosen={chosenScopes}
        typed={typedScopes}
        onChoose={setWished}
        onType={setTypedScopes}
      />
      <ClientStep
        {...{ identification, documentId, way, clientId, redirectUri }}
        onChooseWay={setChosenWay}
        onType={setClientId}
      >
        <ConnectAction
          {...{ readiness, way, attempt, onCancel }}
          host={hostOf(tried ?? issuer ?? found.servers[0].issuer)}
        />
      </ClientStep>
    </form>
  );
}

/** Returns the issuer of the previously chosen server if it is still usable. */
function usableAt({ servers }: DiscoveredService, issuer: string | undefined): string | undefined {
  return servers.find((server) => server.kind === 'usable' && server.issuer === issuer)?.issuer;
}
