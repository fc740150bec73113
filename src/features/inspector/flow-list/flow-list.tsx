import { memo } from 'react';

import { scenarioResult } from '#features/inspector/attack-demos/scenarios.ts';
import { failureName } from '#features/inspector/model/failure-text.ts';
import { groupedByDay } from '#features/inspector/model/flow-groups.ts';
import type { Flow } from '#features/inspector/model/flow.ts';
import { failedStepOf, failureOf } from '#features/inspector/model/outcome.ts';
import { moveByArrows } from '#features/inspector/steps/roving-focus.ts';
import { useProgressiveList } from '#features/inspector/steps/use-progressive-list.ts';
import { attackDemos } from '#messages/en/attack-demos.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatClock, formatDay, formatMilliseconds } from '#messages/format.ts';
import type { FlowKind, Trace } from '#trace/event.ts';
import { clsx } from '#ui/clsx.ts';
import { Icon, type IconName } from '#ui/icon.tsx';

import styles from './flow-list.module.css';

const text = inspector.flows;

const ICONS: Readonly<Record<FlowKind, IconName>> = {
  connect: 'connections',
  'step-up': 'plus',
  refresh: 'refresh',
  call: 'send',
  disconnect: 'close',
  'attack-demo': 'flask',
};

interface FlowListProps {
  flows: readonly Flow[];
  selected: string | undefined;
  isRunning: (flow: Flow) => boolean;
  /** The id of the flow whose next step is paused. */
  paused: string | undefined;
  now: number;
  bodyOf: Trace['bodyOf'];
  onSelect: (flow: string) => void;
  /** Called when a flow is clicked, and not only focused. */
  onChoose: (flow: string) => void;
}

/** Lists all flows by day, newest first. */
export function FlowList({ flows, selected, isRunning, paused, now, bodyOf, onSelect, onChoose }: FlowListProps) {
  const byId = new Map(flows.map((flow) => [flow.id, flow]));
  const drawn = useProgressiveList(flows.length);
  return (
    // The arrow keys work in addition to Tab and Enter, which the buttons support natively.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav className={styles.flows} aria-label={text.label} onKeyDown={moveByArrows}>
      {groupedByDay(flows.slice(0, drawn), isRunning).map(({ day, flows: ofDay }) => (
        <section className={styles.group} key={day}>
          <h2>{day === 'now' ? text.now : formatDay(day, now)}</h2>
          <ol>
            {ofDay.map((flow) => (
              <FlowItem
                flow={flow}
                neededFor={byId.get(flow.cause ?? '')?.kind}
                isSelected={flow.id === selected}
                state={flow.id === paused ? 'held' : day === 'now' ? 'under-way' : 'over'}
                bodyOf={bodyOf}
                onSelect={onSelect}
                onChoose={onChoose}
                key={flow.id}
              />
            ))}
          </ol>
        </section>
      ))}
    </nav>
  );
}

interface FlowItemProps extends Pick<FlowListProps, 'bodyOf' | 'onSelect' | 'onChoose'> {
  flow: Flow;
  neededFor: FlowKind | undefined;
  isSelected: boolean;
  state: 'held' | 'under-way' | 'over';
}

const FlowItem = memo(function FlowItem(props: FlowItemProps) {
  const { flow, neededFor, isSelected, state, bodyOf, onSelect, onChoose } = props;
  const { id, kind, service, startedAt, endedAt, steps } = flow;
  const failedStep = state === 'over' ? failedStepOf(flow, bodyOf) : undefined;
  const failure = failedStep && failureOf(failedStep, bodyOf);
  // Catching an attack demo's tampering is the desired result, so do not show it as a failure.
  const isCaught =
    kind === 'attack-demo' && failure !== undefined && scenarioResult(flow, bodyOf)?.caught !== undefined;
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={clsx(styles.flow, failure && !isCaught && styles.bad, state !== 'over' && styles.live)}
        aria-current={isSelected ? 'true' : undefined}
        tabIndex={isSelected ? 0 : -1}
        onFocus={() => onSelect(id)}
        onClick={() => onChoose(id)}
      >
        <Icon name={ICONS[kind]} />
        <b>{text.kinds[kind]}</b>
        <time dateTime={new Date(startedAt).toISOString()}>{formatClock(startedAt)}</time>
        <small>
          {service}
          {neededFor && ` ${text.forAnother(text.kinds[neededFor])}`} ·{' '}
          {isCaught ? (
            attackDemos.caught(failureName(failure))
          ) : failure ? (
            <em>{text.failedBy(failureName(failure))}</em>
          ) : (
            <FlowProgress state={state} steps={steps.length} ms={endedAt - startedAt} />
          )}
        </small>
      </button>
    </li>
  );
});

function FlowProgress({ state, steps, ms }: { state: FlowItemProps['state']; steps: number; ms: number }) {
  if (state === 'held') return text.heldAt(steps + 1);
  const count = text.stepCount(steps);
  return state === 'under-way' ? `${count} · ${text.underWay}` : `${count} · ${formatMilliseconds(ms)}`;
}
