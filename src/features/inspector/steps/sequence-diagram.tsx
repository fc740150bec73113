import { Fragment, memo, type ReactNode } from 'react';

import type { Flow, Step } from '#features/inspector/model/flow.ts';
import {
  actorsOf,
  LANES,
  type Lane,
  hostsOf,
  directionsOf,
  directionOfPaused,
} from '#features/inspector/model/lanes.ts';
import { textOfPaused } from '#features/inspector/model/step-text.ts';
import { inspector } from '#messages/en/inspector.ts';
import type { Trace } from '#trace/event.ts';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';

import { moveByArrows } from './roving-focus.ts';
import styles from './sequence-diagram.module.css';
import { LineResult, LineSubject, lineOf, sayLine } from './step-line.tsx';
import { useProgressiveList } from './use-progressive-list.ts';

const t = inspector.sequence;

export interface SequenceDiagramProps {
  flow: Flow;
  selected: Step | undefined;
  /** The name of the paused step. */
  paused: string | undefined;
  bodyOf: Trace['bodyOf'];
  onSelect: (step: Step) => void;
  onOpen: (step: Step, byKeyboard: boolean) => void;
}

/**
 * Draws the steps of a flow between three parties. It is a list of buttons whose accessible names describe what is drawn, so that
 * screen readers can read it; on phones it is shown as a plain list.
 */
export function SequenceDiagram({ flow, selected, paused, bodyOf, onSelect, onOpen }: SequenceDiagramProps) {
  const hosts = hostsOf(flow);
  const drawn = useProgressiveList(flow.steps.length);
  return (
    <>
      <div className={styles.lanes} aria-hidden="true">
        {LANES.map((lane) => (
          <div key={lane}>
            <b>{t.lanes[lane]}</b>
            <span>{lane === 'app' ? t.actors[actorsOf(flow)] : <HostLabel text={hosts[lane] ?? ''} />}</span>
          </div>
        ))}
      </div>
      {/* The arrow keys work in addition to Tab and Enter, which the buttons support natively. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className={styles.steps} aria-label={t.label} onKeyDown={moveByArrows}>
        {flow.steps.slice(0, drawn).map((step, index) => (
          <SequenceItem
            step={step}
            number={index + 1}
            isSelected={step === selected}
            bodyOf={bodyOf}
            onSelect={onSelect}
            onOpen={onOpen}
            key={step.event.id}
          />
        ))}
        {paused !== undefined && <Paused step={paused} number={flow.steps.length + 1} />}
      </ol>
      <Legend />
    </>
  );
}

interface SequenceItemProps extends Pick<SequenceDiagramProps, 'bodyOf' | 'onSelect' | 'onOpen'> {
  step: Step;
  number: number;
  isSelected: boolean;
}

const SequenceItem = memo(function SequenceItem(props: SequenceItemProps) {
  const { step, number, isSelected, bodyOf, onSelect, onOpen } = props;
  const { from, to } = directionsOf(step);
  const line = lineOf(step, bodyOf);
  return (
    <li className={styles.step}>
      <button
        type="button"
        className={clsx(styles.message, from === to && styles.inside, styles[line.outcome], styles[from])}
        aria-current={isSelected ? 'step' : undefined}
        aria-label={`${number}. ${sayLine(line, wayOf(step))}`}
        tabIndex={isSelected ? 0 : -1}
        data-step={step.event.id}
        onFocus={() => onSelect(step)}
        onClick={({ detail }) => onOpen(step, detail === 0)}
      >
        <span className={styles.number}>{number}</span>
        <span className={clsx(styles.wire, lineClassName(from, to), step.kind === 'event' && styles.page)}>
          <span className={clsx(styles.top, line.isRawHttp ? styles.subject : styles.words)} title={line.url}>
            {line.isRawHttp ? <LineSubject line={line} /> : line.what}
          </span>
          <span className={styles.sub}>
            <LineResult line={line} />
            {step.event.by === 'worker' && ` · ${t.byWorker}`}
          </span>
        </span>
      </button>
    </li>
  );
});

function lineClassName(from: Lane, to: Lane): string | undefined {
  if (from === to) return styles.within;
  if (to === 'app') return clsx(styles.toServer, styles.returning);
  return to === 'server' ? styles.toServer : styles.toService;
}

/** Shows a URL that can wrap at its slashes. */
function HostLabel({ text }: { text: string }): ReactNode {
  return text.split('/').map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- the same part may occur twice
    <Fragment key={at}>
      {at > 0 && (
        <>
          /<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}

/** Describes the parties that a step goes between. */
export function wayOf(step: Step): string {
  const { from, to } = directionsOf(step);
  const who = (lane: Lane): string => (lane === 'app' && step.event.by === 'worker' ? t.actors.worker : t.lanes[lane]);
  return from === to ? t.within(who(from)) : t.fromTo(who(from), who(to));
}

function Paused({ step, number }: { step: string; number: number }): ReactNode {
  const { title, why } = textOfPaused(step);
  const isRedirect = step === 'redirect-out' || step === 'redirect-back';
  const { from, to } = directionOfPaused(step);
  return (
    <>
      <li className={styles.paused}>
        <Icon name="pause" />
        <p>
          {t.held(number)} <span>{why}</span>
        </p>
      </li>
      <li className={clsx(styles.step, styles.message, styles.waiting, styles[from])}>
        <span className={styles.number}>{number}</span>
        <span className={clsx(styles.wire, lineClassName(from, to), isRedirect && styles.page)}>
          <span className={styles.top}>{title}</span>
        </span>
      </li>
    </>
  );
}

function Legend() {
  return (
    <p className={styles.legend} aria-hidden="true">
      <span>
        <i />
        {t.legend.fetch}
      </span>
      <span>
        <i className={styles.page} />
        {t.legend.redirect}
      </span>
      <span>
        <i className={styles.failed} />
        {t.legend.failed}
      </span>
      <span>
        <i className={styles.within} />
        {t.legend.within}
      </span>
    </p>
  );
}
