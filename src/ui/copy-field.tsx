import { CopyButton, type CopyOutcomes } from './copy-button.tsx';
import styles from './copy-field.module.css';

interface CopyFieldProps {
  label: string;
  text: string;
  copyLabel: string;
  /** The button's accessible label, which also names what it copies. */
  fullCopyLabel: string;
  outcomes: CopyOutcomes;
}

/** Shows a text that must be entered elsewhere exactly as it is, with a button that copies it. */
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
