import type { Ref } from 'react';

import { addService } from '#messages/en/add-service.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { TextButton } from '#ui/text-button.tsx';

import styles from './add-service.module.css';
import { Step } from './step.tsx';

const text = addService;

interface SearchingStepProps {
  host: string;
  onStop: () => void;
  stopRef: Ref<HTMLButtonElement>;
}

/** Shows placeholder bars while the metadata is being read, and a button to stop. */
export function SearchingStep({ host, onStop, stopRef }: SearchingStepProps) {
  return (
    <Step number={2} state="now" title={text.found.title}>
      <Skeleton count={2} label={text.searching.label(host)} />
      <p className={styles.soft}>
        {text.searching.text(<bdi key="claim">{host}</bdi>)}
        <TextButton ref={stopRef} onClick={onStop}>
          {text.searching.stop}
        </TextButton>
      </p>
    </Step>
  );
}
