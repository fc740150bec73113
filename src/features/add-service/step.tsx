import { type ReactNode, type Ref, useId } from 'react';

import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';

import styles from './step.module.css';

interface StepProps {
  number: number;
  state: 'now' | 'done' | 'bad';
  title: string;
  /** Text next to the title. */
  aside?: string;
  /** Set to move the focus to the title. */
  titleRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** Shows one step of adding a service: its number or state, its title, and its controls. */
export function Step({ number, state, title, aside, titleRef, children }: StepProps) {
  const titleId = useId();
  return (
    <section className={clsx(styles.step, styles[state])} aria-labelledby={titleId}>
      <span className={styles.number} aria-hidden="true">
        {state === 'now' ? number : <Icon name={state === 'done' ? 'check' : 'close'} small />}
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <h2 id={titleId} ref={titleRef} tabIndex={titleRef ? -1 : undefined}>
            {title}
          </h2>
          {aside !== undefined && <span>{aside}</span>}
        </div>
        {children}
      </div>
    </section>
  );
}
