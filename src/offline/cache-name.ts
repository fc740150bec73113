const PREFIX = 'shell ';

/** The cache of one deployment's files. */
export const shellCacheName = (version: string): string => PREFIX + version;

/** Whether a cache of this origin is one of ours. */
export const isAppCache = (name: string): boolean => name.startsWith(PREFIX);
