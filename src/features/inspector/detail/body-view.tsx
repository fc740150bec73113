import { describeEvent } from '#features/inspector/model/event-text.ts';
import { fieldDoc } from '#features/inspector/model/field-docs.ts';
import { membersOfText } from '#features/inspector/model/json-members.ts';
import type { Meanings } from '#messages/en/inspector-parameters.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatNumber } from '#messages/format.ts';
import type { TraceBody, TraceEvent } from '#trace/event.ts';
import { Disclosure } from '#ui/disclosure.tsx';

import styles from './body-view.module.css';
import { FieldTable } from './field-table.tsx';
import { RawHttpNote } from './raw-http.tsx';

const t = inspector.exchange;

interface BodyViewProps {
  event: TraceEvent;
  body: TraceBody | undefined;
  /** The size in bytes, if a body was transferred. */
  size: number | undefined;
  /** The meanings of the body's names; undefined if the names are the service's own. */
  meanings: Meanings | undefined;
}

/** Shows a body as names and values, each explained. */
export function BodyView({ event, body, size = 0, meanings }: BodyViewProps) {
  const meaning = (name: string, value: string): string => {
    if (!meanings) return t.ownMember;
    const known = fieldDoc(meanings, name) ?? t.unknownParameter;
    const time = describeEvent(name, value, event.at);
    return time === undefined ? known : `${known}: ${time}`;
  };
  if (!body) return size > 0 ? <RawHttpNote>{t.bodyGone}</RawHttpNote> : null;
  if (body.kind === 'omitted') {
    return <RawHttpNote>{t.omitted(body.mediaType, t.bytes(body.size, formatNumber(body.size)))}</RawHttpNote>;
  }
  if (body.kind === 'form') {
    return <FieldTable title={t.form} event={event} fields={body.fields} meaning={meaning} />;
  }
  const members = membersOfText(body.text);
  return (
    <>
      {members && <FieldTable title={t.member} event={event} fields={members.fields} meaning={meaning} />}
      {members && members.more > 0 && <RawHttpNote>{t.more(members.more)}</RawHttpNote>}
      {!meanings && <RawHttpNote>{t.ofAnAnswer}</RawHttpNote>}
      {members ? (
        <Disclosure label={t.wholeBody}>
          <WholeText text={body.text} />
        </Disclosure>
      ) : (
        <WholeText text={body.text} />
      )}
    </>
  );
}

function WholeText({ text }: { text: string }) {
  return (
    // Focusable, because long texts scroll and the keyboard must reach them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.text} tabIndex={0} aria-label={t.wholeBody} role="group">
      {text}
    </pre>
  );
}
