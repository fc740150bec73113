import type { ConnectionView } from '#connections/connection-view.ts';
import type { Post } from '#planning/post.ts';

/** What keeps a draft from going out, by the field where it is put right. */
export type Problem =
  | { field: 'targets'; kind: 'no-connection' | 'no-target' }
  | { field: 'targets'; kind: 'read-only' | 'needs-sign-in'; connection: ConnectionView }
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

/** Everything that keeps the draft from going out, in the order of the form; empty when it can go. */
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
    return canPost(connection) ? [] : [{ field: 'targets', kind: 'read-only', connection }];
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

/** The services of the ticked connections, each once. */
export function servicesOf(
  connections: readonly ConnectionView[],
  targets: readonly string[],
): ConnectionView['service'][] {
  const services = connections.filter(({ id }) => targets.includes(id)).map(({ service }) => service);
  return [...new Map(services.map((service) => [service.id, service])).values()];
}
