import { useId } from 'react';

import { ScenarioVerdict } from '#features/inspector/attack-demos/verdict.tsx';
import type { Flow } from '#features/inspector/model/flow.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatClock } from '#messages/format.ts';
import type { Trace } from '#trace/event.ts';
import { Segmented } from '#ui/segmented.tsx';
import { TextButton } from '#ui/text-button.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './flow-header.module.css';

const text = inspector.flows;

export type FlowView = 'diagram' | 'table';

interface FlowHeaderProps {
  flow: Flow;
  flows: readonly Flow[];
  view: FlowView;
  bodyOf: Trace['bodyOf'];
  onView: (view: FlowView) => void;
  onSelectFlow: (flow: string) => void;
}

/** Shows what a flow is about, its related flows, and the switch between diagram and table. */
export function FlowHeader({ flow, flows, view, bodyOf, onView, onSelectFlow }: FlowHeaderProps) {
  const labelId = useId();
  const cause = flows.find(({ id }) => id === flow.cause);
  const effects = flows.filter((other) => other.cause === flow.id);
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <h2>{text.titles[flow.kind](flow.service)}</h2>
        <p>{text.about[flow.kind]}</p>
        {cause && (
          <TextButton onClick={() => onSelectFlow(cause.id)}>
            {text.neededFor(text.kinds[cause.kind], formatClock(cause.startedAt))}
          </TextButton>
        )}
        {effects.map((effect) => (
          <TextButton onClick={() => onSelectFlow(effect.id)} key={effect.id}>
            {text.ledTo(text.kinds[effect.kind], formatClock(effect.startedAt))}
          </TextButton>
        ))}
        {flow.kind === 'attack-demo' && <ScenarioVerdict flow={flow} bodyOf={bodyOf} />}
      </div>
      <div className={styles.view}>
        <span id={labelId}>
          <VisuallyHidden>{inspector.sequence.view}</VisuallyHidden>
        </span>
        <Segmented
          labelledBy={labelId}
          options={[
            { value: 'diagram', label: inspector.sequence.diagram },
            { value: 'table', label: inspector.sequence.table },
          ]}
          value={view}
          onChange={onView}
        />
      </div>
    </header>
  );
}
