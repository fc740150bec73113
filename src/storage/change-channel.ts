/** Tells other tabs that a record changed, by its id alone: nothing of its content travels in a broadcast (STO-4). */
export interface ChangeChannel {
  announce(id: string): void;
  listen(listener: (id: string) => void): void;
}

/** Word of changed records of one kind between the tabs of this origin. */
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
 * Opens a broadcast between the tabs of this origin.
 * @returns undefined where the browser refuses one: Firefox throws a SecurityError while it blocks a site's data. Nothing is shared
 *   between tabs then, so that there is nothing to tell either.
 */
export function openBroadcast(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
