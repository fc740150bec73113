import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { TraceEvent } from '#trace/event.ts';
import { readMask } from '#trace/read-mask.ts';

/**
 * Returns the token behind a masked value if the token is still in use; no other recorded secret is stored anywhere. Tokens are
 * matched by length and last characters; a token too short to show any is not revealed.
 * @param masked the masked value from the trace
 */
export function revealSecret(
  connections: Pick<ConnectionStore, 'find' | 'views'>,
  event: TraceEvent,
  masked: string,
): string | undefined {
  const mask = readMask(masked);
  if (!mask || mask.tail === '') return undefined;
  // The flow that created a connection started before the connection had an id.
  const ids = event.connection === undefined ? (connections.views() ?? []).map(({ id }) => id) : [event.connection];
  const tokens = ids.flatMap((id) => {
    const connection = connections.find(id);
    if (!connection || connection.service.name !== event.service) return [];
    if (connection.state.kind === 'needs-sign-in') return [];
    const { accessToken, refreshToken } = connection.state.grant;
    return refreshToken === undefined ? [accessToken] : [accessToken, refreshToken];
  });
  return tokens.find((token) => token.length === mask.length && token.endsWith(mask.tail));
}
