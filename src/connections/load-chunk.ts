/** A script of the app did not come: no network, or a newer deployment has removed it. */
export class ChunkLoadError extends Error {
  override readonly name = 'ChunkLoadError';
}

/**
 * A part of the app that is loaded when it is first needed.
 * @throws ChunkLoadError
 */
export async function loadChunk<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new ChunkLoadError('could not load a script', { cause });
  }
}
