import type { AuthorizedFetch } from '#api/authorized-fetch.ts';

/** A post as stored by a network. Times are in milliseconds since 1970. */
export interface RemotePost {
  id: string;
  text: string;
  state: { kind: 'published'; at: number } | { kind: 'scheduled'; at: number };
}

export interface RemotePage {
  posts: RemotePost[];
  /** The next page's URL, as given by the network; the authorized fetch rejects one that points elsewhere. */
  next?: string;
}

export interface Statistics {
  likes: number;
  reposts: number;
  replies: number;
}

export interface NewPost {
  text: string;
  /** Publishes immediately if absent. */
  scheduledFor?: number;
  /** The same key for every attempt to send the same post, so that the network stores it once. */
  idempotencyKey: string;
}

/** What a network supports and how to call it. Every call uses the authorized fetch of one connection. */
export interface Network {
  /** The id of the service that provides this network. */
  serviceId: string;
  characterLimit: number;
  /** Counts characters the way the network does. */
  countCharacters(text: string): number;
  /** The scopes required to publish a post. */
  scopeToPost: readonly string[];
  /** The scopes required to list posts. */
  scopeToReadPosts: readonly string[];
  /** The scopes required to read statistics. */
  scopeToReadStatistics: readonly string[];
  publish(call: AuthorizedFetch, post: NewPost): Promise<RemotePost>;
  /**
   * Returns a page of the user's own posts, newest first; pass `next` of the previous page, or nothing for the first.
   */
  list(call: AuthorizedFetch, next?: string): Promise<RemotePage>;
  /** Returns statistics by post id; posts without statistics are absent. */
  statistics(call: AuthorizedFetch, ids: readonly string[]): Promise<Map<string, Statistics>>;
}
