import type { Post } from './post.ts';
import type { PostStore } from './post-store.ts';

/** A draft with nothing in it, to be sent to `targets`. `now` in milliseconds since 1970. */
export function emptyDraft(id: string, targets: readonly string[], now: number): Post {
  return { version: 1, id, text: '', createdAt: now, updatedAt: now, targets: [...targets], deliveries: [] };
}

/** Saves a draft as it is typed. */
export interface DraftSaver {
  save(draft: Post): void;
  /** Resolves when everything that was to be saved is on disk. */
  settled(): Promise<void>;
}

/**
 * A saver with at most one write under way: the latest text is the one written next, so that every letter is on disk as
 * soon as the disk allows.
 * @param onFailure told when a write failed; the text is then only on the screen
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
        // What another tab has sent meanwhile is no draft any more; its deliveries must not be lost.
        const isOnItsWay = (posts.get(draft.id)?.deliveries.length ?? 0) > 0;
        if (!isOnItsWay) await posts.put(draft);
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
