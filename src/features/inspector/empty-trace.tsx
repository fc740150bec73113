import { inspector } from '#messages/en/inspector.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';

import { DemosButton } from './attack-demos/demos-button.tsx';
import type { DemosOffer } from './attack-demos/scenarios.ts';
import styles from './empty-trace.module.css';
import { LANES } from './model/lanes.ts';

const text = inspector.empty;

/** Shown while this tab has recorded nothing. */
interface EmptyTraceProps {
  onConnect?: (() => void) | undefined;
  demos?: DemosOffer | undefined;
}

export function EmptyTrace({ onConnect, demos }: EmptyTraceProps) {
  return (
    <div className={styles.empty}>
      <EmptyState title={text.title} text={text.text} picture={<Lanes />}>
        {onConnect && (
          <Button variant="primary" onClick={onConnect}>
            {text.connect}
          </Button>
        )}
        {demos && <DemosButton offer={demos} size="m" />}
      </EmptyState>
    </div>
  );
}

function Lanes() {
  return (
    <div className={styles.lanes} aria-hidden="true">
      {LANES.map((lane) => (
        <span key={lane}>{inspector.sequence.lanes[lane]}</span>
      ))}
    </div>
  );
}
