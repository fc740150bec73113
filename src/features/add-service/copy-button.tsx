import { useState } from 'react';

import { addService } from '#messages/en/add-service.ts';
import { Button } from '#ui/button.tsx';

import styles from './add-service.module.css';

const words = addService;

interface CopyButtonProps {
  text: string;
  label: string;
  /** Where the label needs what stands beside it. */
  fullLabel?: string;
}

/** Puts a text on the clipboard, and says whether the browser did it. */
export function CopyButton({ text, label, fullLabel }: CopyButtonProps) {
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
      <span className={styles.key} role="status">
        {outcome?.text === text && (outcome.isCopied ? words.copied : words.notCopied)}
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
