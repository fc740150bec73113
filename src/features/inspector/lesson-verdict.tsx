import { inspectorLessons } from '#messages/en/inspector-lessons.ts';
import type { Trace } from '#trace/event.ts';
import { classes } from '#ui/classes.ts';
import { Icon } from '#ui/icon.tsx';

import { failureName } from './failure-words.ts';
import type { Flow } from './flow.ts';
import styles from './lesson-verdict.module.css';
import { triedIn } from './lessons.ts';
import type { Failure } from './outcome.ts';

const words = inspectorLessons;

/** What caught what was tried in a flow, in a sentence. */
export function LessonVerdict({ flow, bodyOf }: { flow: Flow; bodyOf: Trace['bodyOf'] }) {
  const tried = triedIn(flow, bodyOf);
  if (!tried) return null;
  const { title, outcome } = words.lessons[tried.lesson];
  const { caughtBy } = tried;
  return (
    <div className={classes(styles.verdict, !caughtBy && styles.open)}>
      <Icon name={caughtBy ? 'check' : 'alert'} />
      <div>
        <h3>{title}</h3>
        {caughtBy ? (
          <p>
            <b>{words.caughtBy}</b> {catcher(flow, caughtBy)} {outcome}
          </p>
        ) : (
          <p>{words.notCaught}</p>
        )}
      </div>
    </div>
  );
}

function catcher({ service }: Flow, failure: Failure): string {
  return failure.by === 'rule' ? words.byApp(failureName(failure)) : words.byServer(service, failureName(failure));
}
