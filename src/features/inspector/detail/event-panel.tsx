import { fieldDoc, meaningsOfRedirect } from '#features/inspector/model/field-docs.ts';
import type { EventStep } from '#features/inspector/model/flow.ts';
import { titleOfRequest } from '#features/inspector/model/step-text.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatMilliseconds } from '#messages/format.ts';
import type { Fields, TraceEvent } from '#trace/event.ts';

import styles from './event-panel.module.css';
import { FieldTable } from './field-table.tsx';
import { RawHttp, RawHttpLine } from './raw-http.tsx';

const text = inspector.moment;

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
            [text.rule, rule],
            [text.outcome, outcome === 'passed' ? inspector.sequence.passed : inspector.sequence.checkFailed],
            ...(expected === undefined ? [] : [[text.expected, expected] as const]),
            ...(actual === undefined ? [] : [[text.actual, actual] as const]),
          ]}
        />
      );
    }
    case 'verifier-created':
      return <Facts facts={[[text.challenge, event.challenge, text.challengeMeaning]]} />;
    case 'lock-waited':
      return (
        <Facts
          facts={[
            [text.lock, event.lock, text.lockMeaning],
            [text.waited, formatMilliseconds(event.ms)],
          ]}
        />
      );
    case 'stored':
      return (
        <Facts
          facts={[
            [text.where, event.where, text.places[event.where]],
            [text.what, event.what, text.records[event.what]],
            [text.names, event.names.join(', '), text.namesMeaning],
          ]}
        />
      );
    case 'removed':
      return (
        <Facts
          facts={[
            [text.removedFrom, event.where],
            [text.what, event.what, text.records[event.what]],
          ]}
        />
      );
    case 'metadata-cache-hit':
      return (
        <Facts
          facts={[
            [text.about, titleOfRequest(event.step)],
            [text.address, event.url],
          ]}
        />
      );
    case 'tampered':
      return (
        <Facts
          facts={[
            [text.changed, event.what],
            [text.from, event.from],
            [text.to, event.to],
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
    <RawHttp title={text.address}>
      <RawHttpLine lead="GET" text={event.url} />
      <FieldTable
        title={text.parameter}
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
