import type { ConnectionView } from '#connections/store/connection-view.ts';
import type { Post } from '#planning/post.ts';

/** What is wrong with a draft, by the field where it is put right. */
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
  /** Whether a time is to be picked and date or time is not filled in. */
  isTimeIncomplete: boolean;
  now: number;
}

/** Whether a problem keeps the draft from going out. What is allowed is hearsay here: the server decides. */
export function isBlocking({ kind }: Problem): boolean {
  return kind !== 'posting-not-allowed';
}

/** Everything that is wrong with the draft, in the order of the form. */
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
 * The connections that a new draft is for: those that can post, else those that at least have a sign-in, else all, so that
 * what keeps them from posting is said from the start.
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

/** The services of the ticked connections, each once. */
export function servicesOf(
  connections: readonly ConnectionView[],
  targets: readonly string[],
): ConnectionView['service'][] {
  const services = connections.filter(({ id }) => targets.includes(id)).map(({ service }) => service);
  return [...new Map(services.map((service) => [service.id, service])).values()];
}
