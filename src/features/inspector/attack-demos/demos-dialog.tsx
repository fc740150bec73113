import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import { SpecLinks } from '#features/inspector/spec-links.tsx';
import { inspectorLessons } from '#messages/en/inspector-lessons.ts';
import { Button } from '#ui/button.tsx';
import { InfoDialog } from '#ui/info-dialog.tsx';

import styles from './demos-dialog.module.css';
import { SCENARIOS, type DemosOffer } from './scenarios.ts';

const words = inspectorLessons;

/** Lists the attack demos: what an attacker would do, what should detect it, and a button that runs the demo. */
export function DemosDialog({ onTry, hasRefreshToken, onClose }: DemosOffer & { onClose: () => void }) {
  return (
    <InfoDialog title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className={styles.about}>
        <p>{words.text}</p>
        <p>{words.signIn}</p>
      </div>
      <ol className={styles.list}>
        {SCENARIOS.map((lesson) => (
          <DemoItem
            lesson={lesson}
            isPossible={lesson !== 'old-refresh-token' || hasRefreshToken}
            onTry={onTry}
            key={lesson}
          />
        ))}
      </ol>
    </InfoDialog>
  );
}

interface DemoItemProps extends Pick<DemosOffer, 'onTry'> {
  lesson: AttackScenario;
  isPossible: boolean;
}

function DemoItem({ lesson, isPossible, onTry }: DemoItemProps) {
  const { title, attack, catches, specs } = words.lessons[lesson];
  return (
    <li className={styles.lesson}>
      <h3>{title}</h3>
      <p>{attack}</p>
      <p className={styles.catches}>
        <b>{words.catches}</b> {catches}
      </p>
      <SpecLinks references={specs} />
      {isPossible ? (
        <Button aria-label={words.tryLesson(title)} onClick={() => onTry(lesson)}>
          {words.tryIt}
        </Button>
      ) : (
        <p className={styles.needs}>{words.needsConnection}</p>
      )}
    </li>
  );
}
