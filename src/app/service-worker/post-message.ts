import type { SendToWorker } from '#connections/refresh/ask-worker.ts';

/**
 * Sends a message to the worker that controls this page, which always belongs to this deployment. After a hard reload there is no
 * such worker until it claims the page.
 */
export const sendToWorker: SendToWorker = (message, port) => {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  worker?.postMessage(message, [port]);
  return worker !== null;
};
