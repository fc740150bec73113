import { type Ref, type SubmitEvent, useEffect, useState } from 'react';

import type { ConnectAttempt } from '#connections/connect-attempt.ts';
import type { FoundService } from '#connections/found-service.ts';
import { hostOf } from '#ui/host-parts.ts';

import styles from './add-service.module.css';
import { ClientStep } from './client-step.tsx';
import { ConnectAction } from './connect-action.tsx';
import { type ClientWay, type ConnectChoice, onlyUsable, readinessOf } from './connect-choice.ts';
import { FoundStep } from './found-step.tsx';
import { leastScopes, offeredScopes } from './scopes.ts';
import { ScopesStep } from './scopes-step.tsx';

interface ConnectFormProps {
  found: FoundService;
  redirectUri: string | undefined;
  attempt: ConnectAttempt;
  isOnline: boolean;
  onChoose: (issuer: string) => void;
  onConnect: (choice: ConnectChoice) => void;
  onCancel: () => void;
  titleRef: Ref<HTMLHeadingElement>;
}

/** What was found, and everything that a person decides before leaving for the service. */
export function ConnectForm(props: ConnectFormProps) {
  const { found, redirectUri, attempt, isOnline, onChoose, onConnect, onCancel, titleRef } = props;
  const [issuer, setIssuer] = useState(onlyUsable(found)?.issuer);
  /** Undefined until somebody changes what is proposed. */
  const [wished, setWished] = useState<readonly string[]>();
  const [typedScopes, setTypedScopes] = useState('');
  const [chosenWay, setChosenWay] = useState<ClientWay>('registration');
  const [clientId, setClientId] = useState('');
  /** The server that `attempt` is about, whatever is chosen since. */
  const [tried, setTried] = useState<string>();
  useEffect(() => {
    if (issuer !== undefined) onChoose(issuer);
  }, [issuer, onChoose]);

  const server = found.servers.find((each) => each.issuer === issuer);
  const offered = offeredScopes(found, server);
  const chosenScopes = wished?.filter((scope) => offered.includes(scope)) ?? leastScopes(offered, found.neededScopes);
  const canRegister = server?.kind === 'usable' && server.metadata.registration_endpoint !== undefined;
  const way = canRegister ? chosenWay : 'own';
  const readiness = readinessOf({ found, server, offered, chosenScopes, typedScopes, way, clientId });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (readiness.kind !== 'ready' || attempt.kind === 'working') return;
    setTried(readiness.choice.issuer);
    onConnect(readiness.choice);
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
      <ClientStep {...{ server, way, clientId, redirectUri }} onChooseWay={setChosenWay} onType={setClientId}>
        <ConnectAction
          {...{ readiness, attempt, isOnline, onCancel }}
          host={hostOf(tried ?? issuer ?? found.servers[0].issuer)}
        />
      </ClientStep>
    </form>
  );
}
