import type { AuthorizedFetch } from '#api/authorized-fetch.ts';

/** A post as a network has it. Times are milliseconds since 1970. */
export interface RemotePost {
  id: string;
  text: string;
  state: { kind: 'published'; at: number } | { kind: 'scheduled'; at: number };
}

export interface RemotePage {
  posts: RemotePost[];
  /** The address of the next page, as the network gave it; the authorized fetch refuses one that leads elsewhere. */
  next?: string;
}

export interface Statistics {
  likes: number;
  reposts: number;
  replies: number;
}

export interface NewPost {
  text: string;
  /** Missing: at once. */
  scheduledFor?: number;
  /** The same key for the same post, however often it is sent: the network then has it once. */
  idempotencyKey: string;
}

/** What one network can do, and how. Every call goes through the fetch of one connection. */
export interface Network {
  /** The id of the service that speaks for it. */
  serviceId: string;
  characterLimit: number;
  /** As the network counts. */
  countCharacters(text: string): number;
  /** The scopes without which it refuses a post. */
  scopeToPost: readonly string[];
  /** The scopes without which it lists no posts. */
  scopeToReadPosts: readonly string[];
  /** The scopes without which it shows no statistics. */
  scopeToReadStatistics: readonly string[];
  publish(call: AuthorizedFetch, post: NewPost): Promise<RemotePost>;
  /** A page of the person's own posts, newest first; `next` of the page before, or none for the first. */
  list(call: AuthorizedFetch, next?: string): Promise<RemotePage>;
  /** Statistics by post id; a post without any is missing. */
  statistics(call: AuthorizedFetch, ids: readonly string[]): Promise<Map<string, Statistics>>;
}
