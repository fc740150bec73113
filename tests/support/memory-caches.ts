/** Caches in memory, for unit tests: the part of CacheStorage that the app uses, matched by the whole URL. */
export function memoryCaches(): CacheStorage & { urls(): string[] } {
  const caches = new Map<string, Map<string, Response>>();
  const addressOf = (request: RequestInfo | URL): string => new Request(request).url;
  const cacheOf = (kept: Map<string, Response>) => ({
    match: (request: RequestInfo | URL) => Promise.resolve(kept.get(addressOf(request))?.clone()),
    put: async (request: RequestInfo | URL, response: Response) => void kept.set(addressOf(request), response.clone()),
  });
  const all = {
    open(name: string) {
      const kept = caches.get(name) ?? new Map<string, Response>();
      caches.set(name, kept);
      return Promise.resolve(cacheOf(kept));
    },
    has: (name: string) => Promise.resolve(caches.has(name)),
    keys: () => Promise.resolve([...caches.keys()]),
    delete: (name: string) => Promise.resolve(caches.delete(name)),
    async match(request: RequestInfo | URL) {
      for (const kept of caches.values()) {
        const found = await cacheOf(kept).match(request);
        if (found) return found;
      }
      return undefined;
    },
    urls: () => [...caches.values()].flatMap((kept) => [...kept.keys()]),
  };
  return all as unknown as ReturnType<typeof memoryCaches>;
}
