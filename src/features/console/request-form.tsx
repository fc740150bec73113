import { type KeyboardEvent, type Ref, useId, useRef, useState } from 'react';

import { resourceConsole } from '#messages/en/console.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';

import { curlOf } from './as-curl.ts';
import { BodyField } from './body-field.tsx';
import { FieldError } from './field-error.tsx';
import { headerProblemText, pathProblemText } from './problem-text.ts';
import styles from './request-form.module.css';
import { checkRequest, METHODS, type ReadyRequest, type RequestForm as Form } from './request.ts';

const text = resourceConsole;

interface RequestFormProps {
  resource: string;
  form: Form;
  /** Hint shown below the body. */
  bodyHint: string | undefined;
  isRunning: boolean;
  onChange: (patch: Partial<Form>) => void;
  onSend: (request: ReadyRequest) => void;
  onCancel: () => void;
  pathRef: Ref<HTMLInputElement>;
}

/** Shows the request form. Nothing is sent while a field is invalid. */
export function RequestForm(props: RequestFormProps) {
  const { resource, form, bodyHint, isRunning, onChange, onSend, onCancel, pathRef } = props;
  const id = useId();
  const formRef = useRef<HTMLFormElement>(null);
  const sendRef = useRef<HTMLButtonElement>(null);
  const [hasTried, setHasTried] = useState(false);
  const [copied, setCopied] = useState<string>();
  const checked = checkRequest(resource, form);
  const url = checked.kind === 'ready' ? checked.request.url : checked.url;
  const headerProblem = hasTried && checked.kind === 'refused' ? checked.headerProblem : undefined;
  const base = resource.endsWith('/') ? resource : `${resource}/`;

  const withRequest = (act: (request: ReadyRequest) => void): void => {
    setHasTried(true);
    setCopied(undefined);
    if (checked.kind === 'ready') act(checked.request);
    else formRef.current?.querySelector<HTMLElement>(checked.url === undefined ? 'input' : 'textarea')?.focus();
  };
  const send = (): void => {
    if (!isRunning) withRequest(onSend);
  };
  const copy = async (request: ReadyRequest): Promise<void> => {
    try {
      await navigator.clipboard.writeText(curlOf(request));
      setCopied(text.copied);
    } catch {
      setCopied(text.notCopied);
    }
  };
  const sendByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    // Ctrl+Enter works anywhere in the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles.form}
      ref={formRef}
      aria-label={text.request}
      noValidate
      onKeyDown={sendByKey}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.line}>
        <div className={styles.field}>
          <label className={styles.label} htmlFor={`${id}method`}>
            {text.method}
          </label>
          <select
            className={styles.input}
            id={`${id}method`}
            value={form.method}
            onChange={({ target }) => {
              const method = METHODS.find((one) => one === target.value);
              if (method) onChange({ method });
            }}
          >
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
        </div>
        <div className={styles.field}>
          <label className={styles.label} htmlFor={`${id}path`}>
            {text.path}
          </label>
          <div className={styles.path}>
            <bdi className={styles.base} id={`${id}base`}>
              {base}
            </bdi>
            <input
              className={styles.wire}
              id={`${id}path`}
              ref={pathRef}
              dir="ltr"
              autoCapitalize="off"
              autoComplete="off"
              spellCheck={false}
              value={form.path}
              aria-invalid={url === undefined}
              aria-describedby={`${id}base ${id}url`}
              onChange={({ target }) => {
                onChange({ path: target.value });
              }}
            />
          </div>
        </div>
      </div>
      <div>
        {url !== undefined && (
          <p className={styles.url}>
            {text.sentTo} <bdi>{url}</bdi>
          </p>
        )}
        <FieldError id={`${id}url`} text={url === undefined ? pathProblemText(form.path, resource) : undefined} />
      </div>
      <div className={styles.field}>
        <label className={styles.label} htmlFor={`${id}headers`}>
          {text.headers}
        </label>
        <textarea
          className={styles.area}
          id={`${id}headers`}
          rows={2}
          dir="ltr"
          autoCapitalize="off"
          spellCheck={false}
          value={form.headers}
          aria-invalid={headerProblem !== undefined}
          aria-describedby={`${id}headersHint ${id}headersProblem`}
          onChange={({ target }) => {
            onChange({ headers: target.value });
          }}
        />
        <p className={styles.hint} id={`${id}headersHint`}>
          {text.headersHint}
        </p>
        <FieldError id={`${id}headersProblem`} text={headerProblem && headerProblemText(headerProblem)} />
      </div>
      <BodyField form={form} hint={bodyHint} onChange={onChange} />
      <div className={styles.actions}>
        <Button
          ref={sendRef}
          type="submit"
          variant="primary"
          busy={isRunning}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {isRunning ? text.sending : text.send}
        </Button>
        {isRunning && (
          <Button
            onClick={() => {
              sendRef.current?.focus(); // the Cancel button is about to unmount
              onCancel();
            }}
          >
            {text.cancel}
          </Button>
        )}
        <Button variant="quiet" onClick={() => withRequest((request) => void copy(request))}>
          {text.copyCurl}
        </Button>
        <p className={styles.hint} role="status">
          {copied === text.copied && <Icon name="check" small />} {copied}
        </p>
      </div>
    </form>
  );
}
