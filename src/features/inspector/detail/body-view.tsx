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

const words = inspector.exchange;

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
    if (!meanings) return words.ownMember;
    const known = fieldDoc(meanings, name) ?? words.unknownParameter;
    const time = describeEvent(name, value, event.at);
    return time === undefined ? known : `${known}: ${time}`;
  };
  if (!body) return size > 0 ? <RawHttpNote>{words.bodyGone}</RawHttpNote> : null;
  if (body.kind === 'omitted') {
    return <RawHttpNote>{words.leftOut(body.mediaType, words.bytes(body.size, formatNumber(body.size)))}</RawHttpNote>;
  }
  if (body.kind === 'form') {
    return <FieldTable title={words.form} event={event} fields={body.fields} meaning={meaning} />;
  }
  const members = membersOfText(body.text);
  return (
    <>
      {members && <FieldTable title={words.member} event={event} fields={members.fields} meaning={meaning} />}
      {members && members.more > 0 && <RawHttpNote>{words.more(members.more)}</RawHttpNote>}
      {!meanings && <RawHttpNote>{words.ofAnAnswer}</RawHttpNote>}
      {members ? (
        <Disclosure label={words.wholeBody}>
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
    <pre className={styles.text} tabIndex={0} aria-label={words.wholeBody} role="group">
      {text}
    </pre>
  );
}
