import { useEffect, useRef } from 'react';

import type { DiscoveryState } from '#connections/discovery/discovered-service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { hostOf } from '#ui/host-parts.ts';
import { Page } from '#ui/page.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './add-service.module.css';
import { UrlStep } from './url-step.tsx';
import { type ClientUrls, ConnectForm, type ConnectFormActions } from './connect-form.tsx';
import type { FormDraft } from './form-draft.ts';
import { NotFoundStep } from './not-found-step.tsx';
import { SearchingStep } from './searching-step.tsx';

const text = addService;

interface AddServiceActions extends Omit<ConnectFormActions, 'onSearchAgain'> {
  onSearch: (address: string, alternative?: string) => void;
  onStop: () => void;
  /** Called when the user goes back to edit the address. */
  onChange: () => void;
}

export interface AddServiceScreenProps {
  search: DiscoveryState;
  client: ClientUrls;
  /** The sign-in attempt for the service found here. */
  attempt: SignInAttempt;
  isOnline: boolean;
  /** Whether plain HTTP is allowed for a host: only for loopback, while the app itself runs there (DISC-9). */
  isHttpAllowed: (hostname: string) => boolean;
  /** The form as it was when the page left for the sign-in; absent on a fresh visit. */
  filled?: FormDraft | undefined;
  actions: AddServiceActions;
}

/** Adds a service: the user enters a URL, reviews what was found, makes the choices and leaves for the service. */
export function AddServiceScreen(props: AddServiceScreenProps) {
  const { search, client, attempt, isOnline, isHttpAllowed, filled, actions } = props;
  const { onSearch, onStop, onChange } = actions;
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
    <Page title={text.title} lede={text.lede}>
      <title>{messages.title(text.title)}</title>
      <div role="status">
        <VisuallyHidden>{announcementOf(search)}</VisuallyHidden>
      </div>
      <div className={styles.steps}>
        <UrlStep ref={fieldRef} {...{ search, filled, isHttpAllowed, onSearch, onChange }} />
        {search.kind === 'searching' && <SearchingStep host={hostOf(search.url)} onStop={onStop} stopRef={stopRef} />}
        {search.kind === 'found' && (
          <ConnectForm
            search={search}
            filled={filled?.address === search.url ? filled : undefined}
            {...{ client, attempt, isOnline, isHttpAllowed, titleRef }}
            actions={{
              ...actions,
              onSearchAgain: () => {
                onSearch(search.url);
              },
            }}
          />
        )}
        {search.kind === 'nothing' && (
          <NotFoundStep search={search} isOnline={isOnline} onSearch={onSearch} titleRef={titleRef} />
        )}
      </div>
    </Page>
  );
}

function announcementOf(search: DiscoveryState): string {
  if (search.kind === 'found') return text.found.announced(hostOf(search.url));
  return search.kind === 'nothing' ? text.nothing.announced(hostOf(search.url)) : '';
}
