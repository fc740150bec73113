import { textOfStep, textOfPaused } from '#features/inspector/model/step-text.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatClock, formatMilliseconds } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';

import { moveByArrows } from './roving-focus.ts';
import { type SequenceDiagramProps, wayOf } from './sequence-diagram.tsx';
import { LineResult, lineOf } from './step-line.tsx';
import styles from './step-table.module.css';
import { useProgressiveList } from './use-progressive-list.ts';

const text = inspector.sequence;

/** Shows the same data as the diagram, as a table. */
export function StepTable({ flow, selected, paused, bodyOf, onSelect, onOpen }: SequenceDiagramProps) {
  const drawn = useProgressiveList(flow.steps.length);
  return (
    <>
      {/* The arrow keys work in addition to Tab and Enter, which the buttons support natively. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table className={styles.table} aria-label={text.label} onKeyDown={moveByArrows}>
        <thead>
          <tr>
            <th scope="col">{text.columns.number}</th>
            <th scope="col">{text.columns.what}</th>
            <th scope="col">{text.columns.who}</th>
            <th scope="col">{text.columns.result}</th>
            <th scope="col">{text.columns.time}</th>
          </tr>
        </thead>
        <tbody>
          {flow.steps.slice(0, drawn).map((step, index) => {
            const line = lineOf(step, bodyOf);
            const { title } = textOfStep(step);
            return (
              <tr className={clsx(step === selected && styles.selected)} key={step.event.id}>
                <td>{index + 1}</td>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.open}
                    aria-current={step === selected ? 'step' : undefined}
                    tabIndex={step === selected ? 0 : -1}
                    data-step={step.event.id}
                    onFocus={() => onSelect(step)}
                    onClick={({ detail }) => onOpen(step, detail === 0)}
                  >
                    {title}
                  </button>
                  {line.isRawHttp && <code>{line.what}</code>}
                </th>
                <td>{wayOf(step)}</td>
                <td className={styles[line.outcome]}>
                  {/* Do not repeat a result that the row's title already says. */}
                  <LineResult line={line.result === title ? { ...line, result: '' } : line} />
                </td>
                <td className={styles.time}>
                  {formatClock(step.event.at)}
                  {line.ms !== undefined && <small>{formatMilliseconds(line.ms)}</small>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {paused !== undefined && (
        <p className={styles.paused}>
          {text.held(flow.steps.length + 1)} {textOfPaused(paused).title}: {textOfPaused(paused).why}
        </p>
      )}
    </>
  );
}
