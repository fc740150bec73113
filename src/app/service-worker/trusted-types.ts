/**
 * The address of the service worker as a value that Trusted Types accept. The policy, the only one of the page, lets
 * nothing but that address through (PAGE-3). Browsers without Trusted Types get the address as it is.
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
