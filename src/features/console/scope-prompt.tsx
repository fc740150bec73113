import { useId, useState } from 'react';

import { resourceConsole } from '#messages/en/console.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';

import { FieldError } from './field-error.tsx';
import type { ScopeChoice, ScopeOffer } from './offered-scopes.ts';
import styles from './scope-prompt.module.css';

const text = resourceConsole.more;

interface ScopePromptProps {
  service: string;
  offer: ScopeOffer;
  onAllow: (scopes: readonly string[]) => void;
}

/** Shows which scopes can be requested after a rejection for insufficient scope (API-7). */
export function ScopePrompt({ service, offer, onAllow }: ScopePromptProps) {
  switch (offer.kind) {
    case 'already-granted':
      return (
        <Callout tone="warn" icon="lock" title={text.alreadyGranted.title}>
          {text.alreadyGranted.text(service)}
        </Callout>
      );
    case 'named':
      return (
        <Callout
          tone="warn"
          icon="lock"
          title={text.named}
          action={<Button onClick={() => onAllow(offer.scopes)}>{text.allow}</Button>}
        >
          <bdi>
            <code>{offer.scopes.join(' ')}</code>
          </bdi>
        </Callout>
      );
    case 'choices':
      return (
        <Choices
          legend={offer.isCertain ? text.choices(service) : text.perhaps}
          choices={offer.choices}
          onAllow={onAllow}
        />
      );
  }
}

interface ChoicesProps {
  legend: string;
  choices: readonly ScopeChoice[];
  onAllow: (scopes: readonly string[]) => void;
}

/** Lets the user choose scopes. None is preselected, because which one helps is unknown. */
function Choices({ legend, choices, onAllow }: ChoicesProps) {
  const id = useId();
  const [chosen, setChosen] = useState<ReadonlySet<ScopeChoice>>(new Set());
  const [hasTried, setHasTried] = useState(false);
  const toggle = (choice: ScopeChoice, isOn: boolean): void => {
    const others = [...chosen].filter((one) => one !== choice);
    setChosen(new Set(isOn ? [...others, choice] : others));
  };
  const allow = (): void => {
    setHasTried(true);
    if (chosen.size > 0) onAllow([...new Set([...chosen].flatMap(({ scopes }) => scopes))]);
  };
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.scopes.join(' ')}>
          <input
            type="checkbox"
            checked={chosen.has(choice)}
            onChange={({ target }) => {
              toggle(choice, target.checked);
            }}
          />
          <span>
            {choice.label} <code>{choice.scopes.join(' ')}</code>
          </span>
        </label>
      ))}
      <Button aria-describedby={`${id}problem`} onClick={allow}>
        {text.allow}
      </Button>
      <FieldError id={`${id}problem`} text={hasTried && chosen.size === 0 ? text.chooseFirst : undefined} />
    </fieldset>
  );
}
