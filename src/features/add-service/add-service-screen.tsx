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
  /** Of the server chosen last, for a client id of one's own; undefined while it is not known. */
  redirectUri: string | undefined;
  /** The address of this deployment's client id metadata document; undefined where there is none. */
  documentId: string | undefined;
  /** The attempt to connect what was found here. */
  attempt: SignInAttempt;
  isOnline: boolean;
  /** Whether a host may be asked without encryption: this machine's own, while the app itself runs on one (DISC-9). */
  isHttpAllowed: (hostname: string) => boolean;
  onSearch: (address: string) => void;
  onStop: () => void;
  /** Back to the address. */
  onChange: () => void;
  /** A server is chosen, by a person or as the only one: its redirect URI is to be given. Has to be a stable function. */
  onChoose: (issuer: string) => void;
  /** What was chosen before the page left for the sign-in; missing on a fresh visit. */
  filled?: FormDraft;
  /** `form`: what it was chosen with, to be given as `filled` if the person comes back. */
  onConnect: (choice: ConnectChoice, form: FormDraft) => void;
  onCancel: () => void;
}

/** From an address to a connection: search, look at what was found, decide, leave for the service. */
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
    // What was pressed is gone with its step.
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
