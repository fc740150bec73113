import { fieldDoc, meaningsOfRedirect } from '#features/inspector/model/field-docs.ts';
import type { EventStep } from '#features/inspector/model/flow.ts';
import { titleOfRequest } from '#features/inspector/model/step-text.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatMilliseconds } from '#messages/format.ts';
import type { Fields, TraceEvent } from '#trace/event.ts';

import styles from './event-panel.module.css';
import { FieldTable } from './field-table.tsx';
import { RawHttp, RawHttpLine } from './raw-http.tsx';

const words = inspector.moment;

/** Shows what is known about a step that is not a request. */
export function EventPanel({ step: { event } }: { step: EventStep }) {
  switch (event.type) {
    case 'redirect-out':
    case 'redirect-back':
      return <Redirect event={event} />;
    case 'check': {
      const { rule, outcome, expected, actual } = event;
      return (
        <Facts
          facts={[
            [words.rule, rule],
            [words.outcome, outcome === 'passed' ? inspector.sequence.passed : inspector.sequence.checkFailed],
            ...(expected === undefined ? [] : [[words.expected, expected] as const]),
            ...(actual === undefined ? [] : [[words.actual, actual] as const]),
          ]}
        />
      );
    }
    case 'verifier-made':
      return <Facts facts={[[words.challenge, event.challenge, words.challengeMeaning]]} />;
    case 'lock-waited':
      return (
        <Facts
          facts={[
            [words.lock, event.lock, words.lockMeaning],
            [words.waited, formatMilliseconds(event.ms)],
          ]}
        />
      );
    case 'stored':
      return (
        <Facts
          facts={[
            [words.where, event.where, words.places[event.where]],
            [words.what, event.what, words.records[event.what]],
            [words.names, event.names.join(', '), words.namesMeaning],
          ]}
        />
      );
    case 'removed':
      return (
        <Facts
          facts={[
            [words.removedFrom, event.where],
            [words.what, event.what, words.records[event.what]],
          ]}
        />
      );
    case 'description-reused':
      return (
        <Facts
          facts={[
            [words.about, titleOfRequest(event.step)],
            [words.address, event.url],
          ]}
        />
      );
    case 'tampered':
      return (
        <Facts
          facts={[
            [words.changed, event.what],
            [words.from, event.from],
            [words.to, event.to],
          ]}
        />
      );
    case 'retry-declared':
    case 'token-adopted':
      return null;
  }
}

function Redirect({ event }: { event: Extract<TraceEvent, { parameters: Fields }> }) {
  const meanings = meaningsOfRedirect(event.type, event.kind === 'disconnect');
  return (
    <RawHttp title={words.address}>
      <RawHttpLine lead="GET" text={event.url} />
      <FieldTable
        title={words.parameter}
        event={event}
        fields={event.parameters}
        meaning={(name) => fieldDoc(meanings, name) ?? inspector.exchange.unknownParameter}
      />
    </RawHttp>
  );
}

interface FactsProps {
  facts: readonly (readonly [name: string, value: string, meaning?: string | undefined])[];
}

function Facts({ facts }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value, meaning]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>
              <bdi>{value}</bdi>
            </code>
            {meaning !== undefined && <small>{meaning}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
