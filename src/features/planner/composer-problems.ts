import type { ConnectionView } from '#connections/store/connection-view.ts';
import type { Post } from '#planning/post.ts';

/** What is wrong with a draft, by the field where it can be fixed. */
export type Problem =
  | { field: 'targets'; kind: 'no-connection' | 'no-target' }
  | { field: 'targets'; kind: 'posting-not-allowed' | 'needs-sign-in'; connection: ConnectionView }
  | { field: 'text'; kind: 'no-text' }
  | { field: 'text'; kind: 'too-long'; network: string; over: number }
  | { field: 'when'; kind: 'no-time' | 'past' };

export interface DraftCheck {
  draft: Pick<Post, 'text' | 'targets' | 'plannedFor'>;
  connections: readonly ConnectionView[];
  canPost: (connection: ConnectionView) => boolean;
  characterLimitOf: (serviceId: string) => number;
  countCharacters: (text: string) => number;
  /** Whether the user wants to schedule the post but date or time is not filled in. */
  isTimeIncomplete: boolean;
  now: number;
}

/**
 * Returns whether a problem keeps the draft from being sent. A missing posting permission does not: only the server knows for
 * sure.
 */
export function isBlocking({ kind }: Problem): boolean {
  return kind !== 'posting-not-allowed';
}

/** Returns all problems of the draft, in the order of the form. */
export function problemsOf(check: DraftCheck): Problem[] {
  const { draft, connections, isTimeIncomplete, now } = check;
  return [
    ...targetProblems(check),
    ...textProblems(check, connections),
    ...(isTimeIncomplete ? [{ field: 'when', kind: 'no-time' } as const] : []),
    ...(!isTimeIncomplete && draft.plannedFor !== undefined && draft.plannedFor <= now
      ? [{ field: 'when', kind: 'past' } as const]
      : []),
  ];
}

function targetProblems({ draft, connections, canPost }: DraftCheck): Problem[] {
  if (connections.length === 0) return [{ field: 'targets', kind: 'no-connection' }];
  const ticked = connections.filter(({ id }) => draft.targets.includes(id));
  if (ticked.length === 0) return [{ field: 'targets', kind: 'no-target' }];
  return ticked.flatMap((connection): Problem[] => {
    if (connection.status.kind === 'needs-sign-in') return [{ field: 'targets', kind: 'needs-sign-in', connection }];
    return canPost(connection) ? [] : [{ field: 'targets', kind: 'posting-not-allowed', connection }];
  });
}

function textProblems(check: DraftCheck, connections: readonly ConnectionView[]): Problem[] {
  const { draft, characterLimitOf, countCharacters } = check;
  if (draft.text.trim() === '') return [{ field: 'text', kind: 'no-text' }];
  const used = countCharacters(draft.text);
  return servicesOf(connections, draft.targets).flatMap(({ id, name }): Problem[] => {
    const over = used - characterLimitOf(id);
    return over > 0 ? [{ field: 'text', kind: 'too-long', network: name, over }] : [];
  });
}

/**
 * Returns the default targets of a new draft: the connections that can post, otherwise those that are signed in, otherwise all of
 * them, so the composer shows from the start what keeps them from posting.
 */
export function firstTargets(
  connections: readonly ConnectionView[],
  canPost: (connection: ConnectionView) => boolean,
): string[] {
  const ready = connections.filter(canPost);
  const signedIn = connections.filter(({ status }) => status.kind !== 'needs-sign-in');
  const chosen = [ready, signedIn, connections].find(({ length }) => length > 0) ?? [];
  return chosen.map(({ id }) => id);
}

/** Returns the distinct services of the ticked connections. */
export function servicesOf(
  connections: readonly ConnectionView[],
  targets: readonly string[],
): ConnectionView['service'][] {
  const services = connections.filter(({ id }) => targets.includes(id)).map(({ service }) => service);
  return [...new Map(services.map((service) => [service.id, service])).values()];
}
