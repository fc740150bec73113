import { resourceConsole } from '#messages/en/console.ts';
import { formatMilliseconds } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';

import { byteCount } from './byte-count.ts';
import styles from './response-view.module.css';
import type { ShownResponse, ShownBody } from './shown-response.ts';

const text = resourceConsole;

/** Shows a response as received. All of it comes from the service, and none of it is rendered as markup. */
export function ResponseView({ response }: { response: ShownResponse }) {
  const { status, durationMs, size, headers, body } = response;
  const look = status < 400 ? styles.ok : styles.bad;
  return (
    <div className={styles.response}>
      <dl className={styles.facts}>
        <div>
          <dt>{text.facts.status}</dt>
          <dd className={clsx(styles.status, look)}>
            <bdi>{statusLine(response)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{text.facts.took}</dt>
          <dd>{formatMilliseconds(durationMs)}</dd>
        </div>
        <div>
          <dt>{text.facts.size}</dt>
          <dd>{byteCount(size)}</dd>
        </div>
      </dl>
      <section className={styles.block}>
        <h3>{text.answerBody}</h3>
        <ResponseBody body={body} size={size} />
      </section>
      <section className={styles.block}>
        <h3>{text.answerHeaders}</h3>
        <p className={styles.hint}>{headers.length > 0 ? text.answerHeadersHint : text.noHeaders}</p>
        <dl className={styles.headers}>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

/** Returns "200 OK", or only the number. */
export function statusLine({ status, statusText }: Pick<ShownResponse, 'status' | 'statusText'>): string {
  return statusText === '' ? String(status) : `${status} ${statusText}`;
}

function ResponseBody({ body, size }: { body: ShownBody; size: number }) {
  if (body.kind === 'none') return <p className={styles.hint}>{text.emptyBody}</p>;
  if (body.kind === 'binary') {
    return <p className={styles.hint}>{text.binary(body.type ?? text.unknownType, byteCount(size))}</p>;
  }
  return (
    <>
      {body.isCut && <p className={styles.hint}>{text.cut}</p>}
      {/* Long bodies scroll and must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} dir={body.kind === 'json' ? 'ltr' : 'auto'} aria-label={text.answerBody} role="region">
        {body.text}
      </pre>
    </>
  );
}
