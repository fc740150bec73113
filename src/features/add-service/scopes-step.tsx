import { addService } from '#messages/en/add-service.ts';
import { formatNumber } from '#messages/format.ts';
import { ChoiceField } from '#ui/choice-field.tsx';
import { TextField } from '#ui/text-field.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './add-service.module.css';
import { capped } from './capped.ts';
import { describeScope, isBroad, leastScopes, MAX_LISTED, readTypedScopes } from './scopes.ts';
import { Step } from './step.tsx';

const text = addService.scopes;

interface ScopesStepProps {
  offered: readonly string[];
  needed: readonly string[];
  chosen: readonly string[];
  /** The scopes typed by the user, beside those that are offered. */
  typed: string;
  onChoose: (scopes: readonly string[]) => void;
  onType: (typed: string) => void;
}

/** Lets the user choose scopes: a checkbox for each offered scope, and a text field for others. */
export function ScopesStep({ offered, needed, chosen, typed, onChoose, onType }: ScopesStepProps) {
  if (offered.length === 0) {
    return (
      <Step number={3} state="now" title={text.title}>
        <TypedScopes label={text.typed} hint={text.none} {...{ typed, onType }} />
      </Step>
    );
  }
  const listed = offered.slice(0, MAX_LISTED);
  return (
    <Step number={3} state="now" title={text.title} aside={countText(offered, needed, chosen)}>
      <fieldset className={styles.group}>
        <legend>
          <VisuallyHidden>{text.title}</VisuallyHidden>
        </legend>
        {listed.map((scope) => (
          <ScopeChoice
            key={scope}
            scope={scope}
            isNeeded={needed.includes(scope)}
            isChosen={chosen.includes(scope)}
            onChange={(isChosen) => {
              onChoose(offered.filter((other) => (other === scope ? isChosen : chosen.includes(other))));
            }}
          />
        ))}
      </fieldset>
      {offered.length > listed.length && (
        <p className={styles.key}>{text.more(formatNumber(offered.length - listed.length))}</p>
      )}
      {chosen.length === 0 && typed.trim() === '' && <p className={styles.key}>{text.unchosen}</p>}
      <TypedScopes label={text.others} hint={text.othersHint} {...{ typed, onType }} />
    </Step>
  );
}

function TypedScopes({
  label,
  hint,
  typed,
  onType,
}: Pick<ScopesStepProps, 'typed' | 'onType'> & { label: string; hint: string }) {
  const problem = readTypedScopes(typed) ? undefined : text.badTyped;
  return <TextField {...{ label, hint, problem }} value={typed} onChange={onType} />;
}

interface ScopeChoiceProps {
  scope: string;
  isNeeded: boolean;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}

function ScopeChoice({ scope, isNeeded, isChosen, onChange }: ScopeChoiceProps) {
  const meaning = describeScope(scope);
  return (
    <ChoiceField
      type="checkbox"
      checked={isChosen}
      label={
        <>
          {meaning && <span>{capped(meaning.label)}</span>}
          <code>
            <bdi>{capped(scope, 200)}</bdi>
          </code>
        </>
      }
      onChange={onChange}
    >
      {meaning?.detail !== undefined && <span>{meaning.detail}</span>}
      {isNeeded && <span>{text.needed}</span>}
      {isBroad(scope) && <span className={styles.risk}>{text.broad}</span>}
    </ChoiceField>
  );
}

function countText(offered: readonly string[], needed: readonly string[], chosen: readonly string[]): string {
  const least = leastScopes(offered, needed);
  const isLeast = least.length > 0 && least.length === chosen.length && least.every((scope) => chosen.includes(scope));
  return text[isLeast ? 'leastCount' : 'count'](formatNumber(chosen.length), formatNumber(offered.length));
}
