import { inspector } from '#messages/en/inspector.ts';
import { Icon } from '#ui/icon.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { specLink } from './model/spec-url.ts';
import styles from './spec-links.module.css';

const text = inspector.step;

/** Links to the specifications of a step. */
export function SpecLinks({ references }: { references: readonly string[] }) {
  if (references.length === 0) return <p>{text.noSpec}</p>;
  return (
    <ul className={styles.specs}>
      {references.map((reference) => {
        const { label, href } = specLink(reference);
        return (
          <li key={reference}>
            <a href={href} target="_blank" rel="noopener noreferrer">
              {label}
              <Icon name="external" small />
              <VisuallyHidden>{text.newTab}</VisuallyHidden>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
