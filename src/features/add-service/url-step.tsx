import { type Ref, type SubmitEvent, useState } from 'react';

import type { DiscoveryState } from '#connections/discovery/discovered-service.ts';
import { addService } from '#messages/en/add-service.ts';
import { Button } from '#ui/button.tsx';
import { TextButton } from '#ui/text-button.tsx';
import { TextField } from '#ui/text-field.tsx';

import styles from './add-service.module.css';
import type { FormDraft } from './form-draft.ts';
import { Step } from './step.tsx';
import { readTypedUrl, type TypedUrl } from './typed-url.ts';

const text = addService.address;

interface AddressStepProps {
  search: DiscoveryState;
  /** The URL searched for before the page left. */
  filled: Pick<FormDraft, 'address'> | undefined;
  /** The rule for hosts that may use plain HTTP (DISC-9). */
  isHttpAllowed: (hostname: string) => boolean;
  onSearch: (url: string, alternative?: string) => void;
  onChange: () => void;
  ref: Ref<HTMLInputElement>;
}

/** Shows the address field, or the address itself during a search and after a successful one. */
export function UrlStep({ search, filled, isHttpAllowed, onSearch, onChange, ref }: AddressStepProps) {
  const [typed, setTyped] = useState(search.kind === 'idle' ? (filled?.address ?? '') : search.url);
  const [isTried, setIsTried] = useState(false);
  if (search.kind === 'searching' || search.kind === 'found') {
    return (
      <Step number={1} state={search.kind === 'found' ? 'done' : 'now'} title={text.title}>
        <div className={styles.row}>
          <code>
            <bdi>{search.url}</bdi>
          </code>
          {search.kind === 'found' && <TextButton onClick={onChange}>{text.change}</TextButton>}
        </div>
      </Step>
    );
  }
  const reading = readTypedUrl(typed, isHttpAllowed);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setIsTried(reading.kind === 'problem');
    if (reading.kind === 'url') onSearch(...urlsOf(reading));
    else event.currentTarget.querySelector('input')?.focus();
  };
  return (
    <Step number={1} state={search.kind === 'nothing' ? 'bad' : 'now'} title={text.title}>
      <form noValidate onSubmit={submit}>
        <TextField
          ref={ref}
          label={text.label}
          hint={text.hint}
          inputMode="url"
          value={typed}
          problem={isTried ? problemOf(reading) : undefined}
          onChange={setTyped}
        >
          <Button type="submit" variant={search.kind === 'nothing' ? 'plain' : 'primary'}>
            {text.search}
          </Button>
        </TextField>
      </form>
    </Step>
  );
}

function urlsOf({ url, alternative }: Extract<TypedUrl, { kind: 'url' }>): [string, string?] {
  return alternative === undefined ? [url] : [url, alternative];
}

function problemOf(reading: TypedUrl): string | undefined {
  return reading.kind === 'problem' ? text.problems[reading.problem] : undefined;
}
