/**
 * Returns the service worker's URL as a TrustedScriptURL. The page's only policy accepts nothing but that URL (PAGE-3). In
 * browsers without Trusted Types, returns the URL unchanged.
 */
export function trustedWorkerUrl(workerUrl: string): string {
  const createScriptURL = (url: string): string => {
    if (url !== workerUrl) throw new TypeError('not the service worker URL');
    return url;
  };
  return (
    globalThis.trustedTypes?.createPolicy('content-planner', { createScriptURL }).createScriptURL(workerUrl) ??
    workerUrl
  );
}
