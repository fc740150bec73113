import type { TraceBody } from './event.ts';

/** The capacity for all bodies together, in characters: 8 MB at one byte per character. */
const CAPACITY = 8 * 1024 * 1024;

/** The bodies of events, by event id. Drops the oldest when there is no room. */
export interface BodyStore {
  set(id: number, body: TraceBody): void;
  get(id: number): TraceBody | undefined;
  /** Returns the newest bodies that fit in `room` characters, for events from `firstId` on. */
  latest(room: number, firstId: number): [id: number, body: TraceBody][];
  clear(): void;
}

export function createBodyStore(capacity = CAPACITY): BodyStore {
  const bodies = new Map<number, TraceBody>();
  let size = 0;
  return {
    set(id, body) {
      bodies.set(id, body);
      size += sizeOf(body);
      for (const [oldest, given] of bodies) {
        if (size <= capacity) return;
        bodies.delete(oldest);
        size -= sizeOf(given);
      }
    },
    get: (id) => bodies.get(id),
    latest(room, firstId) {
      let left = room;
      const fitting = [...bodies].toReversed().filter(([id, body]) => id >= firstId && (left -= sizeOf(body)) >= 0);
      return fitting.toReversed();
    },
    clear() {
      bodies.clear();
      size = 0;
    },
  };
}

function sizeOf(body: TraceBody): number {
  switch (body.kind) {
    case 'form':
      return body.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    case 'json':
      return body.text.length;
    case 'omitted':
      return body.mediaType.length;
  }
}
