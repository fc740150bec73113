import type { Ref } from 'react';

import { scenarioResult } from '#features/inspector/attack-demos/scenarios.ts';
import { CaughtHere } from '#features/inspector/attack-demos/verdict.tsx';
import { failureName, failureText } from '#features/inspector/model/failure-text.ts';
import type { ProtocolStep, Flow, Step } from '#features/inspector/model/flow.ts';
import { failureOf, outcomeOf } from '#features/inspector/model/outcome.ts';
import { textOfStep } from '#features/inspector/model/step-text.ts';
import { SpecLinks } from '#features/inspector/spec-links.tsx';
import { inspector } from '#messages/en/inspector.ts';
import { formatExactClock } from '#messages/format.ts';
import type { Trace } from '#trace/event.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { Icon } from '#ui/icon.tsx';
import { Tabs } from '#ui/tabs.tsx';

import { EventPanel } from './event-panel.tsx';
import { HttpPanel } from './http-panel.tsx';
import styles from './step-detail.module.css';
import { TimingPanel } from './timing-panel.tsx';
import { TokenPanel } from './token-panel.tsx';

const text = inspector.step;

export type DetailTab = 'exchange' | 'token' | 'timing';

interface StepDetailProps {
  flow: Flow;
  step: Step;
  bodyOf: Trace['bodyOf'];
  tab: DetailTab;
  onTab: (tab: DetailTab) => void;
  /** Closes the step on phones, where it is a view of its own. */
  onBack: () => void;
  heading: Ref<HTMLHeadingElement>;
}

/** Shows everything known about a step, and why the protocol has it. */
export function StepDetail({ flow, step, bodyOf, tab, onTab, onBack, heading }: StepDetailProps) {
  const { title, why, without, specs, notes } = textOfStep(step);
  const failure = outcomeOf(step, bodyOf) === 'failed' ? failureOf(step, bodyOf) : undefined;
  const tried = flow.kind === 'attack-demo' ? scenarioResult(flow, bodyOf) : undefined;
  return (
    <>
      <header className={styles.head}>
        <div className={styles.back}>
          <Button variant="quiet" size="s" onClick={onBack}>
            <Icon name="back" small />
            {text.back}
          </Button>
        </div>
        <p className={styles.place}>{positionText(flow, step)}</p>
        <h2 tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <p>{why}</p>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        <SpecLinks references={specs} />
        <p className={styles.without}>
          <b>{text.without}</b> {without}
        </p>
      </header>
      {failure && (
        <div className={styles.failure}>
          {tried?.caught?.at === step ? (
            <CaughtHere flow={flow} tried={tried} />
          ) : (
            <Callout tone="bad" icon="alert" title={`${inspector.flows.failedBy(failureName(failure))}.`}>
              <Cause failure={failure} />
            </Callout>
          )}
        </div>
      )}
      {step.kind === 'exchange' ? (
        <ExchangeTabs step={step} flow={flow} bodyOf={bodyOf} tab={tab} onTab={onTab} />
      ) : (
        <div className={styles.moment}>
          <EventPanel step={step} />
          <TimingPanel step={step} flow={flow} />
        </div>
      )}
    </>
  );
}

function Cause({ failure }: { failure: Parameters<typeof failureText>[0] }) {
  const { cause, fix } = failureText(failure);
  return (
    <>
      {cause} <b>{text.fix}</b> {fix}
    </>
  );
}

type ExchangeTabsProps = Pick<StepDetailProps, 'flow' | 'bodyOf' | 'tab' | 'onTab'> & { step: ProtocolStep };

function ExchangeTabs({ step, flow, bodyOf, tab, onTab }: ExchangeTabsProps) {
  return (
    <Tabs
      label={text.tabs.label}
      tabs={[
        { name: 'exchange', label: text.tabs.exchange },
        { name: 'token', label: text.tabs.token },
        { name: 'timing', label: text.tabs.timing },
      ]}
      selected={tab}
      onSelect={onTab}
    >
      {tab === 'exchange' && <HttpPanel step={step} bodyOf={bodyOf} />}
      {tab === 'token' && <TokenPanel step={step} flow={flow} />}
      {tab === 'timing' && <TimingPanel step={step} flow={flow} />}
    </Tabs>
  );
}

function positionText({ steps }: Flow, step: Step): string {
  const { event } = step;
  const number = steps.findIndex((one) => one.event.id === event.id) + 1;
  const parts = [text.place(number, steps.length), kindOf(step), formatExactClock(event.at)];
  return [...parts, ...(event.by === 'worker' ? [text.byWorker] : [])].join(' · ');
}

function kindOf({ kind, event }: Step): string {
  if (kind === 'exchange') return text.kinds.fetch;
  if (event.type === 'redirect-out' || event.type === 'redirect-back') return text.kinds.redirect;
  if (event.type === 'tampered') return text.kinds.meddling;
  return event.type === 'check' ? text.kinds.check : text.kinds.within;
}
