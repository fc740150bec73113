/** Tells other tabs that a record changed, by its id alone: nothing of its content travels in a broadcast (STO-4). */
export interface ChangeChannel {
  announce(id: string): void;
  listen(listener: (id: string) => void): void;
}

/** Word of changed records of one kind between the tabs of this origin. */
export function openChangeChannel(name: string): ChangeChannel {
  const channel = new BroadcastChannel(name);
  return {
    announce: (id) => channel.postMessage(id),
    listen: (listener) =>
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(data);
      }),
  };
}
