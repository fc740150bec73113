import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import type { Post } from '#planning/post.ts';
import { clsx } from '#ui/clsx.ts';
import { Dialog } from '#ui/dialog.tsx';
import { SidePanel } from '#ui/side-panel.tsx';
import { useNow } from '#ui/use-now.ts';

import { ComposerFooter } from './composer-footer.tsx';
import { isBlocking, problemsOf, servicesOf } from './composer-problems.ts';
import styles from './composer.module.css';
import { fieldsOf, firstOffer, timestampOf, type TimeFields } from './planned-time.ts';
import { PostPreview } from './post-preview.tsx';
import { PostTextField } from './post-text-field.tsx';
import { ScheduleField } from './schedule-field.tsx';
import { TargetField } from './target-field.tsx';
import type { TargetActions } from './target-problem.tsx';

const t = messages.composer;

/** What a change replaces in a draft. `plannedFor` is undefined if the post is no longer planned. */
export type DraftPatch = Partial<Pick<Post, 'text' | 'targets'>> & { plannedFor?: number | undefined };

/** What the networks accept. */
interface PostingRules {
  characterLimitOf: (serviceId: string) => number;
  /** Counts characters as the networks do. */
  countCharacters: (text: string) => number;
  /** Whether a connection can post, as far as the app knows; the server decides. */
  canPost: (connection: ConnectionView) => boolean;
}

interface ComposerActions extends TargetActions {
  onChange: (patch: DraftPatch) => void;
  /** Called only for a draft without known obstacles. */
  onSend: () => void;
  onDelete: () => void;
  /** Closes the composer; the draft stays stored. */
  onClose: () => void;
}

interface ComposerProps {
  draft: Post;
  /**
   * Where the draft is stored; undefined until any of it is. A tab's storage survives a reload and a sign-in, but not closing
   * the tab.
   */
  storedIn: 'device' | 'tab' | undefined;
  connections: readonly ConnectionView[];
  rules: PostingRules;
  sending: boolean;
  now: () => number;
  actions: ComposerActions;
}

/** Shows the composer for a post: targets, text, time and preview. Reports every change immediately. */
export function Composer(props: ComposerProps) {
  const { draft, storedIn, connections, rules, sending, actions } = props;
  const { characterLimitOf, countCharacters, canPost } = rules;
  const { onChange, onClose } = actions;
  const now = useNow(1_000, props.now);
  const [title] = useState(() => (draft.text === '' ? t.newPost : t.draft));
  const [timeFields, setTimeFields] = useState(() =>
    draft.plannedFor === undefined ? undefined : fieldsOf(draft.plannedFor),
  );
  const [hasTried, setHasTried] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const textRef = useRef<HTMLTextAreaElement>(null);
  const targetsRef = useRef<HTMLFieldSetElement>(null);
  const targetProblemRef = useRef<HTMLDivElement>(null);
  const whenRef = useRef<HTMLFieldSetElement>(null);

  useEffect(() => {
    textRef.current?.focus();
  }, []);

  const isTimeIncomplete = timeFields !== undefined && timestampOf(timeFields) === undefined;
  const check = { draft, connections, ...rules, isTimeIncomplete };
  // Missing targets or text are reported only once the user tries to send; other problems immediately.
  const shown = problemsOf({ ...check, now }).filter(
    ({ kind }) => hasTried || (kind !== 'no-target' && kind !== 'no-text'),
  );
  const services = servicesOf(connections, draft.targets);
  const networks = services.map(({ name }) => name);
  const ticked = connections.filter((connection) => draft.targets.includes(connection.id));

  const goTo = (field: 'targets' | 'text' | 'when'): void => {
    const button = targetProblemRef.current?.querySelector<HTMLElement>('a, button');
    if (field === 'text') textRef.current?.focus();
    else if (field === 'targets' && button) button.focus();
    else (field === 'when' ? whenRef : targetsRef).current?.querySelector('input')?.focus();
  };
  const send = (): void => {
    if (sending) return;
    const obstacle = problemsOf({ ...check, now: props.now() }).find(isBlocking);
    if (!obstacle) {
      actions.onSend();
      return;
    }
    setHasTried(true);
    goTo(obstacle.field);
  };
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isDeleting) return;
    event.preventDefault();
    send();
  };
  const changeTime = (fields: TimeFields | undefined): void => {
    setTimeFields(fields);
    const plannedFor = fields && timestampOf(fields);
    if (!fields || plannedFor !== undefined) onChange({ plannedFor });
  };
  const askToDelete = (): void => {
    if (draft.text.trim() === '') actions.onDelete();
    else setIsDeleting(true);
  };

  return (
    <SidePanel
      title={title}
      note={storedIn && NOTES[storedIn]}
      closeLabel={t.close}
      onClose={onClose}
      onKeyDown={pressKey}
      footer={
        <ComposerFooter
          isPlanned={timeFields !== undefined}
          sending={sending}
          networks={networks}
          accounts={ticked.length}
          onDelete={askToDelete}
          onKeep={onClose}
          onSend={send}
        />
      }
    >
      <div className={styles.body}>
        <div className={styles.column}>
          <TargetField
            ref={targetsRef}
            problemRef={targetProblemRef}
            connections={connections}
            targets={draft.targets}
            canPost={canPost}
            problems={shown.filter((problem) => problem.field === 'targets')}
            onChange={(targets) => onChange({ targets })}
            actions={actions}
          />
          <PostTextField
            ref={textRef}
            text={draft.text}
            used={countCharacters(draft.text)}
            limits={services.map(({ id, name }) => ({ network: name, limit: characterLimitOf(id) }))}
            problem={shown.find((problem) => problem.field === 'text')}
            onChange={(text) => onChange({ text })}
          />
          <ScheduleField
            ref={whenRef}
            fields={timeFields}
            now={now}
            networks={networks}
            problem={shown.find((problem) => problem.field === 'when')}
            offer={() => fieldsOf(firstOffer(props.now()))}
            onChange={changeTime}
          />
        </div>
        <aside className={clsx(styles.column, styles.side)} aria-label={t.preview}>
          <h3 className={styles.label}>{t.preview}</h3>
          {ticked.length === 0 && <p className={styles.muted}>{t.previewNone}</p>}
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
          title={t.deleteDialog.title}
          cancelLabel={t.deleteDialog.keep}
          confirmLabel={t.deleteDialog.confirm}
          onCancel={() => setIsDeleting(false)}
          onConfirm={actions.onDelete}
        >
          <p>{t.deleteDialog.text}</p>
        </Dialog>
      )}
    </SidePanel>
  );
}

const NOTES = { device: t.kept, tab: t.keptInTab };
