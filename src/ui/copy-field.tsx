import { CopyButton, type CopyOutcomes } from './copy-button.tsx';
import styles from './copy-field.module.css';

interface CopyFieldProps {
  label: string;
  text: string;
  copyLabel: string;
  /** What the button copies, where one can't see it stand beside it. */
  fullCopyLabel: string;
  outcomes: CopyOutcomes;
}

/** A text that has to be entered elsewhere exactly as it stands, and the button that copies it. */
export function CopyField({ label, text, copyLabel, fullCopyLabel, outcomes }: CopyFieldProps) {
  return (
    <div className={styles.line}>
      <span className={styles.label}>{label}</span>
      <div className={styles.row}>
        <code>{text}</code>
        <CopyButton text={text} label={copyLabel} fullLabel={fullCopyLabel} outcomes={outcomes} />
      </div>
    </div>
  );
}
