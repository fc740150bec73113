import { messages } from '#messages/en.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatClock, formatMilliseconds } from '#messages/format.ts';
import type { FlowKind, Trace } from '#trace/event.ts';
import { Button } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { Empty } from '#ui/empty.tsx';
import { Icon, type IconName } from '#ui/icon.tsx';
import { Page } from '#ui/page.tsx';

import { type Flow, flowsOf } from './trace-flows.ts';
import { TraceRowItem } from './trace-row.tsx';
import styles from './trace-screen.module.css';

const words = inspector;

const ICONS: Record<FlowKind, IconName> = {
  connect: 'connections',
  refresh: 'refresh',
  call: 'send',
  'step-up': 'lock',
  lesson: 'flow',
  disconnect: 'close',
};

interface TraceScreenProps {
  trace: Trace;
  onClear: () => void;
  /** Offered while there is nothing to show. */
  onConnect?: () => void;
}

/** What happened on the wire, flow by flow, as it was recorded: secrets are masked before they come here. */
export function TraceScreen({ trace, onClear, onConnect }: TraceScreenProps) {
  const flows = flowsOf(trace.events);
  const clear = (
    <Button onClick={onClear}>
      <Icon name="trash" />
      {words.clear}
    </Button>
  );
  return (
    <Page title={words.title} lede={words.lede} actions={flows.length > 0 ? clear : undefined}>
      <title>{messages.title(words.title)}</title>
      {flows.length === 0 && (
        <Empty title={words.empty.title} text={words.empty.text} picture={<Lanes />}>
          {onConnect && (
            <Button variant="primary" onClick={onConnect}>
              {words.empty.connect}
            </Button>
          )}
        </Empty>
      )}
      {flows.map((flow) => (
        <FlowSection flow={flow} bodyOf={trace.bodyOf} key={flow.id} />
      ))}
    </Page>
  );
}

function FlowSection({ flow, bodyOf }: { flow: Flow; bodyOf: Trace['bodyOf'] }) {
  const { id, kind, service, startedAt, took, hasFailed, rows } = flow;
  return (
    <article className={styles.flow} aria-labelledby={`flow-${id}`}>
      <header className={classes(styles.head, hasFailed && styles.bad)}>
        <Icon name={hasFailed ? 'alert' : ICONS[kind]} />
        <h2 id={`flow-${id}`}>{words.flows[kind](service)}</h2>
        <time dateTime={new Date(startedAt).toISOString()}>{formatClock(startedAt)}</time>
        <p>
          {hasFailed && (
            <>
              <em>{words.failed}</em>
              {' · '}
            </>
          )}
          {words.stepCount(rows.length)} · {formatMilliseconds(took)}
        </p>
      </header>
      <ol>
        {rows.map((row) => (
          <TraceRowItem row={row} service={service} bodyOf={bodyOf} key={row.id} />
        ))}
      </ol>
    </article>
  );
}

function Lanes() {
  return (
    <div className={styles.lanes} aria-hidden="true">
      {words.lanes.map((lane) => (
        <span key={lane}>{lane}</span>
      ))}
    </div>
  );
}
