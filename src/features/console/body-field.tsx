import { useId, useRef } from 'react';

import { resourceConsole } from '#messages/en/console.ts';
import { TextButton } from '#ui/text-button.tsx';

import { lacksJsonType, type RequestForm, takesBody } from './request.ts';
import styles from './request-form.module.css';

const text = resourceConsole;
const JSON_TYPE = 'Content-Type: application/json';

interface BodyFieldProps {
  form: RequestForm;
  /** An additional hint about the body. */
  hint: string | undefined;
  onChange: (patch: Partial<RequestForm>) => void;
}

/** Shows the request body for methods that have one; offers to add a Content-Type if the body is JSON. */
export function BodyField({ form, hint, onChange }: BodyFieldProps) {
  const id = useId();
  const bodyRef = useRef<HTMLTextAreaElement>(null);
  if (!takesBody(form.method)) return <p className={styles.hint}>{text.noBody}</p>;
  const addJsonType = (): void => {
    bodyRef.current?.focus(); // the button is about to unmount
    const before = form.headers.trimEnd();
    onChange({ headers: before === '' ? JSON_TYPE : `${before}\n${JSON_TYPE}` });
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {text.body}
      </label>
      <textarea
        className={styles.area}
        id={id}
        ref={bodyRef}
        rows={6}
        dir="auto"
        spellCheck={false}
        value={form.body}
        aria-describedby={hint === undefined ? undefined : `${id}hint`}
        onChange={({ target }) => {
          onChange({ body: target.value });
        }}
      />
      {hint !== undefined && (
        <p className={styles.hint} id={`${id}hint`}>
          {hint}
        </p>
      )}
      {lacksJsonType(form) && (
        <p className={styles.hint}>
          {text.jsonSuggestion} <TextButton onClick={addJsonType}>{text.addJsonType}</TextButton>
        </p>
      )}
    </div>
  );
}
