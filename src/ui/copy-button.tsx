import { useState } from 'react';

import { Button } from './button.tsx';
import styles from './copy-button.module.css';

/** What is said after copying. */
export interface CopyOutcomes {
  copied: string;
  notCopied: string;
}

interface CopyButtonProps {
  text: string;
  label: string;
  /** Where the label needs what stands beside it. */
  fullLabel?: string;
  outcomes: CopyOutcomes;
}

/** Puts a text on the clipboard, and says whether the browser did it. */
export function CopyButton({ text, label, fullLabel, outcomes }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<{ text: string; isCopied: boolean }>();
  const copy = async (): Promise<void> => {
    setOutcome(undefined);
    setOutcome({ text, isCopied: await putOnClipboard(text) });
  };
  return (
    <>
      <Button aria-label={fullLabel} onClick={() => void copy()}>
        {label}
      </Button>
      <span className={styles.outcome} role="status">
        {outcome?.text === text && (outcome.isCopied ? outcomes.copied : outcomes.notCopied)}
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
