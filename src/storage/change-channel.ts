/** Notifies other tabs that a record changed. Messages carry only its id, never its content (STO-4). */
export interface ChangeChannel {
  announce(id: string): void;
  listen(listener: (id: string) => void): void;
}

/** Opens the change channel between the tabs of this origin for one kind of record. */
export function openChangeChannel(name: string): ChangeChannel {
  const channel = openBroadcast(name);
  return {
    announce: (id) => channel?.postMessage(id),
    listen: (listener) =>
      channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(data);
      }),
  };
}

/**
 * Opens a broadcast channel between the tabs of this origin.
 * @returns undefined if the browser rejects it: Firefox throws a SecurityError while it blocks a site's data. Tabs
 *   then share no storage, so there is nothing to announce either.
 */
export function openBroadcast(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
