import { useState } from 'react';

import { Button } from './button.tsx';
import styles from './copy-button.module.css';

/** The messages shown after copying. */
export interface CopyOutcomes {
  copied: string;
  notCopied: string;
}

interface Copied {
  text: string;
  label: string;
  /** The accessible label, if the visible one is unclear without its context. */
  fullLabel?: string;
}

/** Copies a text to the clipboard, and reports whether it worked. */
export function CopyButton({ outcomes, ...copied }: Copied & { outcomes: CopyOutcomes }) {
  return <CopyButtons choices={[copied]} outcomes={outcomes} />;
}

/** Shows a copy button for each of several texts, followed by the outcome of the last copy. */
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

/** Returns whether the text was copied. The clipboard is unavailable in insecure contexts, and a browser may deny access. */
async function putOnClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
