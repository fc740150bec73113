/** A script of the app did not come: no network, or a newer deployment has removed it. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
}

/**
 * A part of the app that is loaded when it is first needed.
 * @throws PartNotLoaded
 */
export async function loaded<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new PartNotLoaded('a script of the app could not be loaded', { cause });
  }
}
