import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import { SpecLinks } from '#features/inspector/spec-links.tsx';
import { attackDemos } from '#messages/en/attack-demos.ts';
import { Button } from '#ui/button.tsx';
import { InfoDialog } from '#ui/info-dialog.tsx';

import styles from './demos-dialog.module.css';
import { SCENARIOS, type DemosOffer } from './scenarios.ts';

const text = attackDemos;

/** Lists the attack demos: what an attacker would do, what should detect it, and a button that runs the demo. */
export function DemosDialog({ onTry, hasRefreshToken, onClose }: DemosOffer & { onClose: () => void }) {
  return (
    <InfoDialog title={text.title} closeLabel={text.close} onClose={onClose}>
      <div className={styles.about}>
        <p>{text.text}</p>
        <p>{text.signIn}</p>
      </div>
      <ol className={styles.list}>
        {SCENARIOS.map((scenario) => (
          <DemoItem
            scenario={scenario}
            isPossible={scenario !== 'old-refresh-token' || hasRefreshToken}
            onTry={onTry}
            key={scenario}
          />
        ))}
      </ol>
    </InfoDialog>
  );
}

interface DemoItemProps extends Pick<DemosOffer, 'onTry'> {
  scenario: AttackScenario;
  isPossible: boolean;
}

function DemoItem({ scenario, isPossible, onTry }: DemoItemProps) {
  const { title, attack, catches, specs } = text.scenarios[scenario];
  return (
    <li className={styles.scenario}>
      <h3>{title}</h3>
      <p>{attack}</p>
      <p className={styles.catches}>
        <b>{text.catches}</b> {catches}
      </p>
      <SpecLinks references={specs} />
      {isPossible ? (
        <Button aria-label={text.tryDemo(title)} onClick={() => onTry(scenario)}>
          {text.tryIt}
        </Button>
      ) : (
        <p className={styles.needs}>{text.needsConnection}</p>
      )}
    </li>
  );
}
