import { failureName } from '#features/inspector/model/failure-text.ts';
import type { Flow } from '#features/inspector/model/flow.ts';
import type { Failure } from '#features/inspector/model/outcome.ts';
import { attackDemos } from '#messages/en/attack-demos.ts';
import type { Trace } from '#trace/event.ts';
import { Callout } from '#ui/callout.tsx';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';

import { type ScenarioResult, scenarioResult } from './scenarios.ts';
import styles from './verdict.module.css';

const text = attackDemos;

/** Says in a sentence what caught the attack in a flow. */
export function ScenarioVerdict({ flow, bodyOf }: { flow: Flow; bodyOf: Trace['bodyOf'] }) {
  const tried = scenarioResult(flow, bodyOf);
  if (!tried) return null;
  const { title, outcome } = text.scenarios[tried.scenario];
  const { caught } = tried;
  return (
    <div className={clsx(styles.verdict, !caught && styles.open)}>
      <Icon name={caught ? 'check' : 'alert'} />
      <div>
        <h3>{title}</h3>
        {caught ? (
          <p>
            <b>{text.caughtBy}</b> {catcher(flow, caught.by)} {outcome}
          </p>
        ) : (
          <p>{text.notCaught}</p>
        )}
      </div>
    </div>
  );
}

/** Says, at the step that caught the attack, that this is the desired result, and what the attack would have achieved. */
export function CaughtHere({ flow, tried: { scenario, caught } }: { flow: Flow; tried: ScenarioResult }) {
  const { attack, outcome } = text.scenarios[scenario];
  return (
    <Callout tone="ok" icon="check" title={text.caughtHere}>
      {attack} <b>{text.caughtBy}</b> {caught && catcher(flow, caught.by)} {outcome}
    </Callout>
  );
}

function catcher({ service }: Flow, failure: Failure): string {
  return failure.by === 'rule' ? text.byApp(failureName(failure)) : text.byServer(service, failureName(failure));
}
