import { useState } from 'react';

import { Button } from './button.tsx';
import styles from './copy-button.module.css';

/** What is said after copying. */
export interface CopyOutcomes {
  copied: string;
  notCopied: string;
}

interface Copied {
  text: string;
  label: string;
  /** Where the label needs what stands beside it. */
  fullLabel?: string;
}

/** Puts a text on the clipboard, and says whether the browser did it. */
export function CopyButton({ outcomes, ...copied }: Copied & { outcomes: CopyOutcomes }) {
  return <CopyButtons choices={[copied]} outcomes={outcomes} />;
}

/** One button for each of several texts, and behind them what became of the last one. */
export function CopyButtons({ choices, outcomes }: { choices: readonly Copied[]; outcomes: CopyOutcomes }) {
  const [outcome, setOutcome] = useState<{ text: string; isCopied: boolean }>();
  const copy = async (text: string): Promise<void> => {
    setOutcome(undefined);
    setOutcome({ text, isCopied: await putOnClipboard(text) });
  };
  return (
    <>
      {choices.map(({ text, label, fullLabel }) => (
        <Button aria-label={fullLabel} onClick={() => void copy(text)} key={label}>
          {label}
        </Button>
      ))}
      <span className={styles.outcome} role="status">
        {outcome &&
          choices.some(({ text }) => text === outcome.text) &&
          (outcome.isCopied ? outcomes.copied : outcomes.notCopied)}
      </span>
    </>
  );
}

/** The clipboard is missing where the page isn't encrypted, and a browser may refuse it. */
async function putOnClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
