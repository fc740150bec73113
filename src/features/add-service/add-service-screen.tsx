import { useEffect, useRef } from 'react';

import type { DiscoveryState } from '#connections/discovery/discovered-service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { hostOf } from '#ui/host-parts.ts';
import { Page } from '#ui/page.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './add-service.module.css';
import { AddressStep } from './address-step.tsx';
import type { ConnectChoice } from './connect-choice.ts';
import { ConnectForm } from './connect-form.tsx';
import type { FormDraft } from './form-draft.ts';
import { NotFoundStep } from './not-found-step.tsx';
import { SearchingStep } from './searching-step.tsx';

const words = addService;

export interface AddServiceScreenProps {
  search: DiscoveryState;
  /** The redirect URI of the last chosen server, shown for registering a client id by hand; undefined until known. */
  redirectUri: string | undefined;
  /** The URL of this deployment's client id metadata document; undefined if there is none. */
  documentId: string | undefined;
  /** The sign-in attempt for the service found here. */
  attempt: SignInAttempt;
  isOnline: boolean;
  /** Whether plain HTTP is allowed for a host: only for loopback, while the app itself runs there (DISC-9). */
  isHttpAllowed: (hostname: string) => boolean;
  onSearch: (address: string) => void;
  onStop: () => void;
  /** Called when the user goes back to edit the address. */
  onChange: () => void;
  /**
   * Called when a server is chosen, by the user or because it is the only one, so its redirect URI can be supplied. Must be
   * stable.
   */
  onChoose: (issuer: string) => void;
  /** The form as it was when the page left for the sign-in; absent on a fresh visit. */
  filled?: FormDraft | undefined;
  /** Starts the sign-in. `form` is the state to pass back as `filled` if the user returns. */
  onConnect: (choice: ConnectChoice, form: FormDraft) => void;
  onCancel: () => void;
}

/** Adds a service: the user enters an address, reviews what was found, makes the choices and leaves for the service. */
export function AddServiceScreen(props: AddServiceScreenProps) {
  const { search, redirectUri, documentId, attempt, isOnline, isHttpAllowed, filled } = props;
  const { onSearch, onStop, onChange, onChoose, onConnect, onCancel } = props;
  const fieldRef = useRef<HTMLInputElement>(null);
  const stopRef = useRef<HTMLButtonElement>(null);
  const titleRef = useRef<HTMLHeadingElement>(null);
  const shown = useRef(search.kind);
  useEffect(() => {
    if (shown.current === search.kind) return;
    shown.current = search.kind;
    // The control that had the focus has been unmounted with its step.
    const targets = { idle: fieldRef, searching: stopRef, found: titleRef, nothing: titleRef };
    targets[search.kind].current?.focus();
  }, [search.kind]);
  return (
    <Page title={words.title} lede={words.lede}>
      <title>{messages.title(words.title)}</title>
      <div role="status">
        <VisuallyHidden>{announcementOf(search)}</VisuallyHidden>
      </div>
      <div className={styles.steps}>
        <AddressStep ref={fieldRef} {...{ search, filled, isHttpAllowed, onSearch, onChange }} />
        {search.kind === 'searching' && (
          <SearchingStep host={hostOf(search.address)} onStop={onStop} stopRef={stopRef} />
        )}
        {search.kind === 'found' && (
          <ConnectForm
            found={search.found}
            address={search.address}
            filled={filled?.address === search.address ? filled : undefined}
            {...{ redirectUri, documentId, attempt, isOnline, onChoose, onConnect, onCancel, titleRef }}
          />
        )}
        {search.kind === 'nothing' && (
          <NotFoundStep
            search={search}
            isOnline={isOnline}
            onTryAgain={() => {
              onSearch(search.address);
            }}
            titleRef={titleRef}
          />
        )}
      </div>
    </Page>
  );
}

function announcementOf(search: DiscoveryState): string {
  if (search.kind === 'found') return words.found.announced(hostOf(search.address));
  return search.kind === 'nothing' ? words.nothing.announced(hostOf(search.address)) : '';
}
