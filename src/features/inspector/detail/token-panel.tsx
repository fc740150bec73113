import { describeEvent } from '#features/inspector/model/event-text.ts';
import { fieldDoc, meaningsOfToken } from '#features/inspector/model/field-docs.ts';
import type { ProtocolStep, EventOf, Flow } from '#features/inspector/model/flow.ts';
import { membersOf } from '#features/inspector/model/json-members.ts';
import { rules } from '#messages/en/inspector-rules.ts';
import { inspector } from '#messages/en/inspector.ts';
import type { ReadToken, TraceEvent } from '#trace/event.ts';
import { Callout } from '#ui/callout.tsx';

import { FieldTable } from './field-table.tsx';
import { RawHttp, RawHttpNote } from './raw-http.tsx';
import { ShownValue } from './secret-value.tsx';
import styles from './token-panel.module.css';

const text = inspector.token;

/** Shows the tokens that a step transferred: opaque ones are labelled as such, others decoded. */
export function TokenPanel({ step, flow }: { step: ProtocolStep; flow: Flow }) {
  const { event, response } = step;
  const received =
    response?.type === 'response' ? (response.tokens ?? []).map((token) => ({ token, event: response })) : [];
  const shown = [...received, ...(event.tokens ?? []).map((token) => ({ token, event }))];
  if (shown.length === 0) return <RawHttpNote>{text.none}</RawHttpNote>;
  return shown.map(({ token, event: from }) => (
    <TokenView
      token={token}
      event={from}
      checks={from.type === 'response' ? checksAfter(flow, from, token.name) : []}
      key={`${from.id} ${token.name}`}
    />
  ));
}

function TokenView({
  token,
  event,
  checks,
}: {
  token: ReadToken;
  event: TraceEvent;
  checks: readonly EventOf<'check'>[];
}) {
  const title = text.names[token.name.toLowerCase()] ?? token.name;
  return (
    <article className={styles.token} aria-label={title}>
      <h3>
        {title}
        <span>
          <ShownValue event={event} name={token.name} value={token.masked} />
        </span>
      </h3>
      {token.form === 'opaque' ? (
        <RawHttpNote>{text.opaque}</RawHttpNote>
      ) : (
        <DecodedToken token={token} event={event} />
      )}
      <TokenVerdict token={token} checks={checks} />
    </article>
  );
}

function DecodedToken({ token, event }: { token: Extract<ReadToken, { form: 'jwt' }>; event: TraceEvent }) {
  const meanings = meaningsOfToken(token.header);
  const other = inspector.exchange.unknownParameter;
  return (
    <>
      <RawHttp title={text.header}>
        <FieldTable
          title={text.claim}
          event={event}
          fields={membersOf(token.header).fields}
          meaning={(name) => fieldDoc(meanings.header, name) ?? other}
        />
      </RawHttp>
      <RawHttp title={text.claims}>
        <FieldTable
          title={text.claim}
          event={event}
          fields={membersOf(token.claims).fields}
          meaning={(name, value) => {
            const known = fieldDoc(meanings.claims, name) ?? other;
            const time = describeEvent(name, value, event.at);
            return time === undefined ? known : `${known}: ${time}`;
          }}
        />
      </RawHttp>
    </>
  );
}

function TokenVerdict({ token, checks }: { token: ReadToken; checks: readonly EventOf<'check'>[] }) {
  const isIdToken = token.name === 'id_token';
  const isProof = token.form === 'jwt' && token.header['typ'] === 'dpop+jwt';
  if (isProof) return <RawHttpNote>{text.proof}</RawHttpNote>;
  return (
    <>
      {checks.length > 0 && (
        <>
          <p>{isIdToken ? text.idToken : text.accessTokenChecks}</p>
          <ul className={styles.checks}>
            {checks.map(({ id, rule, outcome }) => (
              <li className={styles[outcome]} key={id}>
                {rules[rule]?.title ?? rule}:{' '}
                <b>{outcome === 'passed' ? inspector.sequence.passed : inspector.sequence.checkFailed}</b>
              </li>
            ))}
          </ul>
        </>
      )}
      {isIdToken && checks.length === 0 && <RawHttpNote>{text.idTokenUnchecked}</RawHttpNote>}
      {!isIdToken && token.form === 'jwt' && <Callout icon="alert" title={text.decoded} />}
    </>
  );
}

const CHECKS: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  id_token: new Set([
    'id-token-claims-hold',
    'id-token-signature-holds',
    'access-token-hash-holds',
    'userinfo-subject-matches',
    'same-person',
  ]),
  access_token: new Set(['token-type-is-known', 'token-is-bound']),
};

/** Returns the checks on a token from a response, in the rest of the flow. */
function checksAfter({ steps }: Flow, response: TraceEvent, token: string): EventOf<'check'>[] {
  return steps.flatMap(({ event }) =>
    event.type === 'check' && event.id > response.id && CHECKS[token]?.has(event.rule) ? [event] : [],
  );
}
