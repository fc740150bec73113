import { type Ref, type SubmitEvent, useEffect, useState } from 'react';

import type { DiscoveredService, DiscoveryState } from '#connections/discovery/discovered-service.ts';
import { registrationMethod } from '#connections/discovery/security-profile.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { hostOf } from '#ui/host-parts.ts';

import styles from './add-service.module.css';
import { ClientStep } from './client-step.tsx';
import { ConnectAction } from './connect-action.tsx';
import { type ClientIdMode, type ConnectChoice, onlyUsable, readinessOf } from './connect-choice.ts';
import type { FormDraft } from './form-draft.ts';
import { FoundStep } from './found-step.tsx';
import { ScopesStep } from './scopes-step.tsx';
import { leastScopes, offeredScopes } from './scopes.ts';

/** The URLs that identify the app to a server. */
export interface ClientUrls {
  /** The redirect URI of the last chosen server, shown for registering a client id by hand; undefined until known. */
  redirectUri: string | undefined;
  /** The URL of this deployment's client id metadata document; undefined if there is none. */
  documentId: string | undefined;
}

export interface ConnectFormActions {
  onSearchAgain: () => void;
  /**
   * Called when a server is chosen, by the user or because it is the only one, so its redirect URI can be supplied. Must be
   * stable.
   */
  onChoose: (issuer: string) => void;
  /** Starts the sign-in. `form` is the state to pass back as `filled` if the user returns. */
  onConnect: (choice: ConnectChoice, form: FormDraft) => void;
  onCancel: () => void;
}

interface ConnectFormProps {
  /** What was found, and the address that was searched. */
  search: Extract<DiscoveryState, { kind: 'found' }>;
  /** What was chosen for this service before the page left for the sign-in. */
  filled: FormDraft | undefined;
  client: ClientUrls;
  attempt: SignInAttempt;
  isOnline: boolean;
  isHttpAllowed: (hostname: string) => boolean;
  actions: ConnectFormActions;
  titleRef: Ref<HTMLHeadingElement>;
}

/** Shows what was found and collects the user's choices before leaving for the service. */
export function ConnectForm(props: ConnectFormProps) {
  const { search, filled, client, attempt, isOnline, isHttpAllowed, actions, titleRef } = props;
  const { found, url } = search;
  const { redirectUri, documentId } = client;
  const { onSearchAgain, onChoose, onConnect, onCancel } = actions;
  const [issuer, setIssuer] = useState(onlyUsable(found)?.issuer ?? usableAt(found, filled?.issuer));
  /** Undefined until the user changes the proposed scopes. */
  const [chosen, setChosen] = useState(filled?.scopes);
  const [typedScopes, setTypedScopes] = useState(filled?.typedScopes ?? '');
  const [chosenMode, setChosenMode] = useState<ClientIdMode>(filled?.way ?? 'automatic');
  const [clientId, setClientId] = useState(filled?.clientId ?? '');
  const [apiAddress, setApiAddress] = useState(filled?.apiAddress ?? '');
  const [acceptsSilentPkce, setAcceptsSilentPkce] = useState(filled?.acceptsSilentPkce ?? false);
  /** The server that `attempt` belongs to, even if another one has been chosen since. */
  const [tried, setTried] = useState<string>();
  useEffect(() => {
    if (issuer !== undefined) onChoose(issuer);
  }, [issuer, onChoose]);

  const server = found.servers.find((each) => each.issuer === issuer);
  const offered = offeredScopes(found, server);
  const chosenScopes = chosen?.filter((scope) => offered.includes(scope)) ?? leastScopes(offered, found.neededScopes);
  const known = { hasClientId: false, hasDocument: documentId !== undefined };
  const identification = server?.kind === 'usable' ? registrationMethod(server.metadata, known) : undefined;
  const way = identification === 'none' || identification === undefined ? 'own' : chosenMode;
  const readiness = readinessOf({
    found,
    server,
    chosenScopes,
    typedScopes,
    way,
    clientId,
    apiAddress,
    isHttpAllowed,
    acceptsSilentPkce,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (readiness.kind !== 'ready' || attempt.kind === 'working') return;
    const { choice } = readiness;
    setTried(choice.issuer);
    const typed = { typedScopes, clientId, apiAddress };
    const form = { address: url, issuer: choice.issuer, ...typed, way, acceptsSilentPkce, scopes: chosen };
    onConnect(choice, omitUndefined(form));
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <FoundStep
        {...{ found, isOnline, titleRef, apiAddress, isHttpAllowed, acceptsSilentPkce, onSearchAgain }}
        chosen={server}
        onChoose={(other) => {
          setIssuer(other);
          setAcceptsSilentPkce(false); // it was said of another server
        }}
        onTypeApiAddress={setApiAddress}
        onAcceptSilentPkce={setAcceptsSilentPkce}
      />
      <ScopesStep
        offered={offered}
        needed={found.neededScopes}
        chosen={chosenScopes}
        typed={typedScopes}
        onChoose={setChosen}
        onType={setTypedScopes}
      />
      <ClientStep
        {...{ identification, documentId, way, clientId, redirectUri }}
        onChooseMode={setChosenMode}
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
