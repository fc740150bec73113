import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import type { ConnectionView } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatNumber } from '#messages/format.ts';
import type { Post } from '#planning/post.ts';
import { Button } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { useNow } from '#ui/use-now.ts';

import { type Problem, problemsOf, servicesOf } from './composer-problems.ts';
import styles from './composer.module.css';
import { fieldsOf, firstOffer, momentOf, type TimeFields } from './planned-time.ts';
import { PostPreview } from './post-preview.tsx';
import { ProblemLine } from './problem-line.tsx';
import { TargetPicker } from './target-picker.tsx';
import { TargetProblem } from './target-problem.tsx';
import { TextCounter } from './text-counter.tsx';
import { WhenPicker } from './when-picker.tsx';

const words = messages.composer;

interface ComposerProps {
  draft: Post;
  connections: readonly ConnectionView[];
  characterLimitOf: (serviceId: string) => number;
  /** As the networks count. */
  countCharacters: (text: string) => number;
  canPost: (connection: ConnectionView) => boolean;
  sending: boolean;
  now: () => number;
  onChange: (patch: Partial<Pick<Post, 'text' | 'targets' | 'plannedFor'>>) => void;
  /** Called only for a draft that can go out. */
  onSend: () => void;
  onDelete: () => void;
  /** The draft is kept. */
  onClose: () => void;
  onReconnect: (connectionId: string) => void;
}

/** Where a post is written: to whom, what, when, and how it will look. Every change is handed out at once. */
export function Composer(props: ComposerProps) {
  const { draft, connections, characterLimitOf, countCharacters, canPost, sending, onChange, onClose } = props;
  const now = useNow(1_000, props.now);
  const [title] = useState(() => (draft.text === '' ? words.newPost : words.draft));
  const [timeFields, setTimeFields] = useState(() =>
    draft.plannedFor === undefined ? undefined : fieldsOf(draft.plannedFor),
  );
  const [hasTried, setHasTried] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const textRef = useRef<HTMLTextAreaElement>(null);
  const targetsRef = useRef<HTMLFieldSetElement>(null);
  const whenRef = useRef<HTMLFieldSetElement>(null);
  const id = useId();

  useEffect(() => {
    textRef.current?.focus();
  }, []);

  const isTimeIncomplete = timeFields !== undefined && momentOf(timeFields) === undefined;
  const check = { draft, connections, canPost, characterLimitOf, countCharacters, isTimeIncomplete };
  const problems = problemsOf({ ...check, now });
  // What is merely not done yet is named once a person wants to send; everything else at once.
  const shown = problems.filter(({ kind }) => hasTried || (kind !== 'no-target' && kind !== 'no-text'));
  const textProblem = shown.find((problem) => problem.field === 'text');
  const whenProblem = shown.find((problem) => problem.field === 'when');

  const services = servicesOf(connections, draft.targets);
  const ticked = connections.filter((connection) => draft.targets.includes(connection.id));
  const isPlanned = timeFields !== undefined;

  const send = (): void => {
    if (sending) return;
    const [first] = problemsOf({ ...check, now: props.now() });
    if (!first) {
      props.onSend();
      return;
    }
    setHasTried(true);
    if (first.field === 'text') textRef.current?.focus();
    else (first.field === 'when' ? whenRef : targetsRef).current?.querySelector('input')?.focus();
  };
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isDeleting) return;
    event.preventDefault();
    send();
  };
  const changeTime = (fields: TimeFields | undefined): void => {
    setTimeFields(fields);
    const plannedFor = fields && momentOf(fields);
    if (!fields || plannedFor !== undefined) onChange({ plannedFor });
  };
  const askToDelete = (): void => {
    if (draft.text.trim() === '') props.onDelete();
    else setIsDeleting(true);
  };

  const verb = isPlanned ? words.schedule : words.postNow;
  const footer = (
    <>
      <Button variant="quiet" onClick={askToDelete}>
        <span className={styles.deleteIcon}>
          <Icon name="trash" />
        </span>
        <span className={styles.deleteWord}>{words.deleteDraft}</span>
      </Button>
      <div className={styles.end}>
        <Button onClick={onClose}>{words.keepAsDraft}</Button>
        <Button variant="primary" busy={sending} aria-keyshortcuts="Control+Enter Meta+Enter" onClick={send}>
          {sending
            ? isPlanned
              ? words.scheduling
              : words.sending
            : verb(
                services.map(({ name }) => name),
                ticked.length,
              )}
        </Button>
      </div>
    </>
  );

  return (
    <Panel
      title={title}
      note={words.kept}
      closeLabel={words.close}
      onClose={onClose}
      onKeyDown={pressKey}
      footer={footer}
    >
      <div className={styles.body}>
        <div className={styles.column}>
          <fieldset className={styles.field} ref={targetsRef}>
            <legend className={styles.label}>{words.postTo}</legend>
            <TargetPicker
              connections={connections}
              targets={draft.targets}
              canPost={canPost}
              onChange={(targets) => {
                onChange({ targets });
              }}
            />
            {shown
              .filter((problem) => problem.field === 'targets')
              .map((problem) => (
                <TargetProblem
                  key={'connection' in problem ? problem.connection.id : problem.kind}
                  problem={problem}
                  onReconnect={props.onReconnect}
                />
              ))}
          </fieldset>
          <div className={styles.field}>
            <label className={styles.label} htmlFor={`${id}text`}>
              {words.text}
            </label>
            <div className={styles.write}>
              <textarea
                id={`${id}text`}
                ref={textRef}
                dir="auto"
                value={draft.text}
                aria-invalid={textProblem !== undefined}
                aria-describedby={`${id}problem ${id}counters`}
                onChange={({ target }) => {
                  onChange({ text: target.value });
                }}
              />
              <TextCounter
                id={`${id}counters`}
                used={countCharacters(draft.text)}
                limits={services.map((service) => ({ network: service.name, limit: characterLimitOf(service.id) }))}
              />
            </div>
            <ProblemLine id={`${id}problem`} text={textProblem && textProblemText(textProblem)} />
          </div>
          <fieldset className={styles.field} ref={whenRef}>
            <legend className={styles.label}>{words.when}</legend>
            <WhenPicker
              fields={timeFields}
              now={now}
              hasProblem={whenProblem !== undefined}
              problemId={`${id}when`}
              offer={() => fieldsOf(firstOffer(props.now()))}
              onChange={changeTime}
            />
            <ProblemLine id={`${id}when`} text={whenProblem && whenProblemText(whenProblem)} />
            <ul className={styles.plan}>
              {services.map((service) => (
                <li key={service.id}>
                  <Icon name={isPlanned ? 'server' : 'send'} />
                  {isPlanned ? words.sentByServer(service.name) : words.sentNow(service.name)}
                </li>
              ))}
            </ul>
          </fieldset>
        </div>
        <aside className={classes(styles.column, styles.side)} aria-label={words.preview}>
          <h3 className={styles.label}>{words.preview}</h3>
          {ticked.length === 0 && <p className={styles.muted}>{words.previewNone}</p>}
          {ticked.map((connection) => (
            <PostPreview
              key={connection.id}
              connection={connection}
              text={draft.text}
              limit={characterLimitOf(connection.service.id)}
              countCharacters={countCharacters}
            />
          ))}
        </aside>
      </div>
      {isDeleting && (
        <Dialog
          title={words.deleteDialog.title}
          cancelLabel={words.deleteDialog.keep}
          confirmLabel={words.deleteDialog.confirm}
          onCancel={() => {
            setIsDeleting(false);
          }}
          onConfirm={props.onDelete}
        >
          <p>{words.deleteDialog.text}</p>
        </Dialog>
      )}
    </Panel>
  );
}

function textProblemText(problem: Extract<Problem, { field: 'text' }>): string {
  return problem.kind === 'no-text'
    ? words.problems.noText
    : words.problems.tooLong(problem.network, formatNumber(problem.over));
}

function whenProblemText({ kind }: Extract<Problem, { field: 'when' }>): string {
  return kind === 'past' ? words.problems.past : words.problems.noTime;
}
