import { challengesOf } from '#features/inspector/model/challenges.ts';
import { fieldDoc, meaningsOfRequest, meaningsOfResponse } from '#features/inspector/model/field-docs.ts';
import type { ProtocolStep } from '#features/inspector/model/flow.ts';
import { outcomeOf } from '#features/inspector/model/outcome.ts';
import { requestHeaders, responseHeaders, challengeParameters } from '#messages/en/inspector-headers.ts';
import { authorizationRequest, type Meanings } from '#messages/en/inspector-parameters.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatMilliseconds, formatNumber } from '#messages/format.ts';
import type { Trace } from '#trace/event.ts';
import { asCurl } from '#trace/export/as-curl.ts';
import { asFetch } from '#trace/export/as-fetch.ts';
import { parseUrl } from '#trace/url.ts';
import { CopyButtons } from '#ui/copy-button.tsx';

import { BodyView } from './body-view.tsx';
import { FieldTable } from './field-table.tsx';
import styles from './http-panel.module.css';
import { RawHttp, RawHttpLine, RawHttpNote } from './raw-http.tsx';

const text = inspector.exchange;

const summary =
  (meanings: Meanings, otherwise: string) =>
  (name: string): string =>
    fieldDoc(meanings, name.toLowerCase()) ?? otherwise;

/** Shows a request and its response, with each part explained. */
export function HttpPanel({ step, bodyOf }: { step: ProtocolStep; bodyOf: Trace['bodyOf'] }) {
  const { event, response } = step;
  const url = parseUrl(event.url);
  const meanings = meaningsOfRequest(event.step);
  const sent = bodyOf(event.id);
  return (
    <>
      <RawHttp title={text.request} {...figureOf(event.bodySize)}>
        <RawHttpLine lead={event.method} text={event.url} />
        <div className={styles.copying}>
          <CopyButtons
            choices={[
              { text: asCurl(event, sent), label: text.copyAs.curl },
              { text: asFetch(event, sent), label: text.copyAs.fetch },
            ]}
            outcomes={text.copyOutcomes}
          />
        </div>
        <FieldTable
          title={text.query}
          event={event}
          fields={[...(url?.searchParams ?? [])]}
          meaning={summary(event.step === 'api-call' ? {} : authorizationRequest, text.ownMember)}
        />
        <BodyView event={event} body={sent} size={event.bodySize} meanings={meanings} />
        <FieldTable
          title={text.header}
          event={event}
          fields={event.headers}
          meaning={summary(requestHeaders, text.unknownHeader)}
        />
      </RawHttp>
      {!response && <RawHttpNote>{text.waiting}</RawHttpNote>}
      {response?.type === 'request-failed' && (
        <RawHttp title={text.response} figure={formatMilliseconds(response.ms)}>
          <RawHttpLine lead={response.reason} tone="bad" text={text.noAnswer} />
        </RawHttp>
      )}
      {response?.type === 'response' && (
        <RawHttp title={text.response} figure={formatMilliseconds(response.ms)}>
          <RawHttpLine
            lead={String(response.status)}
            {...toneOf(outcomeOf(step, bodyOf))}
            text={response.headers.find(([name]) => name === 'content-type')?.[1] ?? text.noBody}
          />
          {challengesOf(response.headers).map(({ scheme, parameters }) => (
            <FieldTable
              title={text.challenge(scheme)}
              event={response}
              fields={parameters}
              meaning={summary(challengeParameters, text.unknownParameter)}
              key={scheme}
            />
          ))}
          <BodyView
            event={response}
            body={bodyOf(response.id)}
            size={response.bodySize}
            meanings={meaningsOfResponse(event.step, response.status)}
          />
          <FieldTable
            title={text.header}
            event={response}
            fields={response.headers}
            meaning={summary(responseHeaders, text.unknownHeader)}
          />
        </RawHttp>
      )}
    </>
  );
}

function figureOf(size: number | undefined): { figure?: string } {
  return size === undefined ? {} : { figure: text.bytes(size, formatNumber(size)) };
}

function toneOf(outcome: string): { tone?: 'ok' | 'bad' } {
  if (outcome === 'expected') return {};
  return { tone: outcome === 'failed' ? 'bad' : 'ok' };
}
