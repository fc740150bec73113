import { accountLabel } from '#connections/store/account-label.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatNumber } from '#messages/format.ts';
import { Avatar } from '#ui/avatar.tsx';
import { clsx } from '#ui/clsx.ts';
import { Logo } from '#ui/logo.tsx';

import { fittingLength } from './overflow.ts';
import styles from './post-preview.module.css';

const t = messages.composer;

interface PostPreviewProps {
  connection: ConnectionView;
  text: string;
  limit: number;
  countCharacters: (text: string) => number;
}

/** Previews the post as a network will show it; text over the limit is struck out. */
export function PostPreview({ connection, text, limit, countCharacters }: PostPreviewProps) {
  const { service, identity } = connection;
  const over = countCharacters(text) - limit;
  const cut = fittingLength(text, limit, countCharacters);
  const name = identity?.name ?? identity?.username ?? (accountLabel(identity) || service.name);
  return (
    <section className={styles.preview} aria-label={t.previewOf(service.name, name)}>
      <header className={styles.bar}>
        <Logo network={service.name} />
        <h4>{service.name}</h4>
        {over > 0 && <span>{t.tooMany(formatNumber(over))}</span>}
      </header>
      <div className={styles.body}>
        <Avatar name={name} small />
        <p className={styles.by}>
          <b>
            <bdi>{name}</bdi>
          </b>
          {identity?.username !== undefined && (
            <span>
              <bdi>@{identity.username}</bdi>
            </span>
          )}
        </p>
        <p className={clsx(styles.text, text === '' && styles.empty)} dir="auto">
          {text === '' ? t.previewEmpty : text.slice(0, cut)}
          {cut < text.length && <mark>{text.slice(cut)}</mark>}
        </p>
      </div>
    </section>
  );
}
