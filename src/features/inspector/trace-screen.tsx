import { useCallback, useEffect, useState } from 'react';

import { messages } from '#messages/en.ts';
import { inspector } from '#messages/en/inspector.ts';
import type { Trace } from '#trace/event.ts';
import type { StepDebuggerState } from '#trace/step-debugger.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { clsx } from '#ui/clsx.ts';
import { useNow } from '#ui/use-now.ts';

import { useRunScenario, type DemosRunner } from './attack-demos/use-run-scenario.ts';
import { Revealing, type RevealSecret } from './detail/secret-value.tsx';
import { type DetailTab, StepDetail } from './detail/step-detail.tsx';
import { EmptyTrace } from './empty-trace.tsx';
import { FlowHeader, type FlowView } from './flow-list/flow-header.tsx';
import { FlowList } from './flow-list/flow-list.tsx';
import { LiveAnnouncer } from './flow-list/live-announcer.tsx';
import { NO_LOCATION, type InspectorLocation } from './inspector-location.ts';
import { isWaiting } from './model/flow-groups.ts';
import { createFlowReader } from './model/flow.ts';
import { withPausedFlow } from './model/with-paused-flow.ts';
import { SequenceDiagram } from './steps/sequence-diagram.tsx';
import { StepTable } from './steps/step-table.tsx';
import { type ExportKind, Toolbar } from './toolbar.tsx';
import styles from './trace-screen.module.css';
import { useInspectorShortcuts } from './use-inspector-shortcuts.ts';
import { useSelection } from './use-selection.ts';
import { isNarrow, stepButton, useStepPanel } from './use-step-panel.ts';

const text = inspector;

/** What the user can do with the trace. The screen omits the actions that are undefined. */
interface TraceActions {
  onClear?: () => void;
  onExport?: (kind: ExportKind) => void;
  onImport?: (file: File) => void;
  onReveal?: RevealSecret;
}

export interface TraceScreenProps {
  trace: Trace;
  /** The step debugger; undefined if steps can't be paused. */
  stepper?: { state: StepDebuggerState; onStepping: (isOn: boolean) => void; onNext: () => void };
  actions?: TraceActions;
  /** Set if the trace comes from a file, by its name; such a trace is read-only. */
  imported?: { name: string; onClose: () => void } | undefined;
  /** Offered while the trace is empty. */
  onConnect?: (() => void) | undefined;
  demos?: DemosRunner | undefined;
  inspectorLocation?: InspectorLocation;
}

/** Shows a recorded trace, flow by flow. Secrets were masked when they were recorded. */
export function TraceScreen({
  trace,
  stepper,
  actions,
  imported,
  onConnect,
  demos,
  inspectorLocation = NO_LOCATION,
}: TraceScreenProps) {
  const { onClear, onExport, onImport, onReveal } = actions ?? {};
  const [frozen, setFrozen] = useState<Trace>();
  const [readFlows] = useState(createFlowReader);
  const [view, setView] = useState<FlowView>('diagram');
  const [tab, setTab] = useState<DetailTab>('exchange');
  const [hasAgreed, setHasAgreed] = useState(false);
  const now = useNow(30_000);

  const shown = frozen ?? trace;
  const { bodyOf } = shown;
  const paused = stepper?.state.kind === 'stepping' ? stepper.state.paused[0] : undefined;
  const flows = withPausedFlow(readFlows(shown.events), paused, now);
  const selection = useSelection(flows, paused?.tag.flow, bodyOf, inspectorLocation.at);
  const { flow, step, selectFlow, selectStep } = selection;
  const { onFlow } = inspectorLocation;
  const { panes, heading, isOpened, open, back, goTo } = useStepPanel(selection, inspectorLocation);

  const goOn = (): void => {
    if (!paused) return;
    stepper?.onNext();
    selection.follow();
  };
  const chooseFlow = useCallback(
    (id: string) => {
      selectFlow(id);
      onFlow(id);
    },
    [selectFlow, onFlow],
  );
  const offer = useRunScenario(demos, { ...selection, selectFlow: chooseFlow }, () => setFrozen(undefined));
  const pause = (isPaused: boolean): void => setFrozen(isPaused ? trace : undefined);
  /** Pins the current step while the user reads it or interacts with it. */
  const hold = (): void => {
    if (step) selectStep(step);
  };
  useInspectorShortcuts({ steps: flow?.steps ?? [], step, onStep: goTo, onNext: goOn, onPause: () => pause(!frozen) });
  const shownStep = step?.event.id;
  const isPaused = paused !== undefined;
  const hasVerdict = flow?.kind === 'attack-demo';
  useEffect(() => {
    // A step that was selected automatically, such as the one that failed, may be far down the list. Don't scroll past the
    // verdict above an attack demo's steps, which is what the user wants to see, or where a step is a page of its own.
    if (shownStep === undefined || hasVerdict || isNarrow()) return;
    // The paused step is below the last one, so centre that one to keep both visible.
    stepButton(panes.current, shownStep)?.scrollIntoView({ block: isPaused ? 'center' : 'nearest' });
  }, [panes, shownStep, hasVerdict, isPaused]);

  const Steps = view === 'diagram' ? SequenceDiagram : StepTable;
  return (
    <div className={clsx(styles.screen, isOpened && stepper?.state.kind !== 'stepping' && styles.alone)}>
      <title>{messages.title(text.title)}</title>
      <Toolbar
        stepping={
          stepper && {
            isOn: stepper.state.kind === 'stepping',
            isPaused: paused !== undefined,
            onChange: stepper.onStepping,
            onNext: goOn,
          }
        }
        {...(flows.length > 0 && {
          demos: offer,
          pausing: imported ? undefined : { isPaused: frozen !== undefined, onChange: pause },
          onClear:
            onClear &&
            (() => {
              setFrozen(undefined);
              onClear();
            }),
          onExport,
        })}
        onImport={onImport}
      />
      {imported && (
        <div className={styles.banner}>
          <Callout
            icon="file"
            title={text.imported.title(imported.name)}
            action={<Button onClick={imported.onClose}>{text.imported.close}</Button>}
          >
            {text.imported.text}
          </Callout>
        </div>
      )}
      {frozen && <p className={styles.paused}>{text.toolbar.paused(freshSince(frozen, trace))}</p>}
      <LiveAnnouncer flow={flows[0]} paused={paused} bodyOf={bodyOf} />
      {!flow && <EmptyTrace onConnect={onConnect} demos={offer} />}
      {flow && (
        <div className={clsx(styles.panes, isOpened && styles.opened)} ref={panes}>
          <FlowList
            flows={flows}
            selected={flow.id}
            paused={paused?.tag.flow}
            isRunning={(one) => one.id === paused?.tag.flow || (!imported && isWaiting(one, now))}
            now={now}
            bodyOf={bodyOf}
            onSelect={selectFlow}
            onChoose={chooseFlow}
          />
          <section className={styles.steps} aria-label={text.sequence.label}>
            <FlowHeader
              flow={flow}
              flows={flows}
              view={view}
              bodyOf={bodyOf}
              onView={setView}
              onSelectFlow={chooseFlow}
            />
            <Steps
              flow={flow}
              selected={step}
              paused={paused?.tag.flow === flow.id ? paused.step : undefined}
              bodyOf={bodyOf}
              onSelect={selectStep}
              onOpen={open}
            />
          </section>
          {/* Escape goes back too, in addition to the Back button. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <section
            className={styles.detail}
            aria-label={text.step.label}
            onFocus={hold}
            onPointerDown={hold}
            onKeyDown={({ key }) => {
              if (key === 'Escape') back();
            }}
          >
            <Revealing value={onReveal && { reveal: onReveal, hasAgreed, onAgree: () => setHasAgreed(true) }}>
              {step ? (
                <StepDetail
                  flow={flow}
                  step={step}
                  bodyOf={bodyOf}
                  tab={tab}
                  onTab={setTab}
                  onBack={back}
                  heading={heading}
                  key={step.event.id}
                />
              ) : (
                <p className={styles.none}>{text.step.none}</p>
              )}
            </Revealing>
          </section>
        </div>
      )}
    </div>
  );
}

function freshSince(frozen: Trace, { events }: Trace): number {
  const last = frozen.events.at(-1)?.id ?? 0;
  return events.filter(({ id }) => id > last).length;
}
