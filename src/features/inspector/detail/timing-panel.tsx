import type { Flow, Step } from '#features/inspector/model/flow.ts';
import { titleOfRequest } from '#features/inspector/model/step-text.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatExactClock, formatMilliseconds } from '#messages/format.ts';

import { RawHttp } from './raw-http.tsx';
import styles from './timing-panel.module.css';

const text = inspector.timing;
const MAX_BARS = 30;

/** Shows when a step happened, how long it took, and how that compares with the other requests of its flow. */
export function TimingPanel({ step, flow }: { step: Step; flow: Flow }) {
  const { event } = step;
  const since = event.at - flow.startedAt;
  const response = step.kind === 'exchange' ? step.response : undefined;
  const exchanges = flow.steps
    .flatMap((one) => (one.kind === 'exchange' && one.response ? [one] : []))
    .slice(-MAX_BARS);
  const longest = Math.max(1, ...exchanges.map((one) => one.response?.ms ?? 0));
  return (
    <>
      <dl className={styles.facts}>
        <div>
          <dt>{step.kind === 'exchange' ? text.sent : text.happened}</dt>
          <dd>
            {formatExactClock(event.at)}, {since > 0 ? text.afterStart(formatMilliseconds(since)) : text.atStart}
          </dd>
        </div>
        {response && (
          <>
            <div>
              <dt>{text.answered}</dt>
              <dd>{formatExactClock(response.at)}</dd>
            </div>
            <div>
              <dt>{text.took}</dt>
              <dd>{formatMilliseconds(response.ms)}</dd>
            </div>
          </>
        )}
        <div>
          <dt>{text.total}</dt>
          <dd>{formatMilliseconds(flow.endedAt - flow.startedAt)}</dd>
        </div>
      </dl>
      {exchanges.length > 1 && (
        <RawHttp title={text.compare}>
          <ol className={styles.bars}>
            {exchanges.map((one) => (
              <li key={one.event.id} aria-current={one === step ? 'step' : undefined}>
                <span>{titleOfRequest(one.event.step)}</span>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={Math.max(0.5, (100 * (one.response?.ms ?? 0)) / longest)} height="8" />
                </svg>
                <span>{formatMilliseconds(one.response?.ms ?? 0)}</span>
              </li>
            ))}
          </ol>
        </RawHttp>
      )}
    </>
  );
}
