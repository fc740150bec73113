import type { ReactNode } from 'react';

import { inspector } from '#messages/en/inspector.ts';
import { formatClock, formatMilliseconds } from '#messages/format.ts';
import type { Fields, FlowKind, Trace, TraceBody } from '#trace/event.ts';
import { Icon } from '#ui/icon.tsx';

import type { TraceRow } from './trace-flows.ts';
import styles from './trace-row.module.css';

const words = inspector;

/** One line of a flow; it opens to everything that is known of it. */
export function TraceRowItem({ row, service, bodyOf }: { row: TraceRow; service: string; bodyOf: Trace['bodyOf'] }) {
  const { what, result, about, detail } = describe(row, service, bodyOf);
  return (
    <li className={styles.row}>
      <details>
        <summary className={styles.summary}>
          <Icon name="chevron" small />
          <span className={styles.time}>{formatClock(row.at)}</span>
          <span className={styles.what}>{what}</span>
          <span className={styles.result}>{result}</span>
        </summary>
        <div className={styles.detail}>
          {about && (
            <p className={styles.about}>
              {about.text} {about.rfc !== undefined && <span className={styles.rfc}>{about.rfc}</span>}
            </p>
          )}
          {detail}
        </div>
      </details>
    </li>
  );
}

/** A page leaves to sign in, or once a connection is gone to sign out. */
function aboutRedirect(isOut: boolean, kind: FlowKind): RowDescription['about'] {
  if (kind === 'disconnect') return isOut ? words.about.signOut : words.about.signOutBack;
  return isOut ? words.about.redirectOut : words.about.redirectBack;
}

interface RowDescription {
  what: ReactNode;
  result?: ReactNode;
  about?: { text: string; rfc?: string };
  detail?: ReactNode;
}

function describe(row: TraceRow, service: string, bodyOf: Trace['bodyOf']): RowDescription {
  switch (row.kind) {
    case 'exchange':
      return describeExchange(row, bodyOf);
    case 'redirect': {
      const isOut = row.event.type === 'redirect-out';
      return {
        what: isOut ? words.redirectOut(service) : words.redirectBack,
        about: aboutRedirect(isOut, row.event.kind),
        detail: (
          <>
            <FieldList title={words.fields.url} fields={[[words.fields.url, row.event.url]]} />
            <FieldList title={words.fields.parameters} fields={row.event.parameters} />
          </>
        ),
      };
    }
    case 'check': {
      const { rule, outcome, expected, actual } = row.event;
      const known = words.rules[rule];
      const values: Fields = [
        ...(expected === undefined ? [] : [[words.fields.expected, expected] as const]),
        ...(actual === undefined ? [] : [[words.fields.actual, actual] as const]),
      ];
      return {
        what: known?.text ?? rule,
        result:
          outcome === 'passed' ? (
            <b className={styles.ok}>{words.passed}</b>
          ) : (
            <b className={styles.bad}>{words.checkFailed}</b>
          ),
        about: { text: rule, rfc: known?.rfc },
        detail: <FieldList fields={values} />,
      };
    }
    case 'adopted':
      return { what: words.tokenAdopted, about: words.about.tokenAdopted };
    case 'declared':
      return { what: words.retryDeclared, about: words.about.retryDeclared };
  }
}

function describeExchange(
  { request, answer }: Extract<TraceRow, { kind: 'exchange' }>,
  bodyOf: Trace['bodyOf'],
): RowDescription {
  const response = answer?.type === 'response' ? answer : undefined;
  return {
    what: (
      <span className={styles.wire}>
        {request.method} {pathOf(request.url)}
      </span>
    ),
    result: <ExchangeResult step={request.step} answer={answer} />,
    about: words.steps[request.step] ?? words.otherStep,
    detail: (
      <>
        <FieldList
          fields={[
            [words.fields.url, request.url],
            ...(answer?.type === 'request-failed' ? [[words.fields.reason, answer.reason] as const] : []),
          ]}
        />
        <FieldList title={words.fields.requestHeaders} fields={request.headers} />
        <Body title={words.fields.requestBody} body={bodyOf(request.id)} />
        {response && <FieldList title={words.fields.responseHeaders} fields={response.headers} />}
        <Body title={words.fields.responseBody} body={answer && bodyOf(answer.id)} />
      </>
    ),
  };
}

type ExchangeResultProps = { step: string } & Pick<Extract<TraceRow, { kind: 'exchange' }>, 'answer'>;

function ExchangeResult({ step, answer }: ExchangeResultProps) {
  if (!answer) return words.pending;
  const time = formatMilliseconds(answer.ms);
  if (answer.type === 'request-failed') {
    return (
      <>
        <b className={styles.bad}>{words.noAnswer}</b> {time}
      </>
    );
  }
  return (
    <>
      <b className={lookOf(step, answer.status)}>{answer.status}</b> {time}
    </>
  );
}

function lookOf(step: string, status: number): string | undefined {
  if (status < 400) return styles.ok;
  // The first call is made in order to be refused.
  return step === 'unauthorized-call' ? undefined : styles.bad;
}

function FieldList({ title, fields }: { title?: string; fields: Fields }) {
  if (fields.length === 0) return null;
  return (
    <div className={styles.fields}>
      {title !== undefined && <h3>{title}</h3>}
      <dl>
        {fields.map(([name, value], place) => (
          // A header may stand twice, and the list never changes once it is shown.
          // oxlint-disable-next-line react/no-array-index-key
          <Pair name={name} value={value} key={place} />
        ))}
      </dl>
    </div>
  );
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Body({ title, body }: { title: string; body: TraceBody | undefined }) {
  if (!body) return null;
  if (body.kind === 'form') return <FieldList title={title} fields={body.fields} />;
  const text = body.kind === 'json' ? body.text : `(${body.size}, ${body.mediaType})`;
  return (
    <div className={styles.block}>
      <h3>{title}</h3>
      {/* Long bodies scroll; the keyboard must reach them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}

function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.pathname}${parsed.search}` : url;
}
