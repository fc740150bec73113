const PREFIX = 'shell ';

/** Returns the name of the cache for one deployment's files. */
export const shellCacheName = (version: string): string => PREFIX + version;

/** Returns true if a cache of this origin belongs to the app. */
export const isAppCache = (name: string): boolean => name.startsWith(PREFIX);
