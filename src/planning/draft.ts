import type { Post } from './post.ts';
import type { PostStore } from './post-store.ts';

/** Creates an empty draft for `targets`. `now` is in milliseconds since 1970. */
export function emptyDraft(id: string, targets: readonly string[], now: number): Post {
  return { version: 1, id, text: '', createdAt: now, updatedAt: now, targets: [...targets], deliveries: [] };
}

/** Saves a draft as the user types. */
export interface DraftSaver {
  save(draft: Post): void;
  /** Resolves when all pending saves are on disk. */
  settled(): Promise<void>;
}

/**
 * Creates a saver with at most one write in flight. The next write takes the latest text, so each keystroke is stored
 * as soon as the disk allows.
 * @param onFailure called when a write failed; the text is then only on screen
 */
export function createDraftSaver(
  posts: Pick<PostStore, 'put' | 'get'>,
  onFailure: (error: unknown) => void,
): DraftSaver {
  let latest: Post | undefined;
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (latest) {
      const draft = latest;
      latest = undefined;
      try {
        // If another tab has sent the post in the meantime, it is no longer a draft; don't overwrite its deliveries.
        const isBeingSent = (posts.get(draft.id)?.deliveries.length ?? 0) > 0;
        if (!isBeingSent) await posts.put(draft);
      } catch (error) {
        onFailure(error);
      }
    }
    writing = undefined;
  };
  return {
    save(draft) {
      latest = draft;
      writing ??= write();
    },
    settled: async () => writing,
  };
}
