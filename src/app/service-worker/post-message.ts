import type { SendToWorker } from '#connections/refresh/ask-worker.ts';

/** Sends to the worker that controls this page, which is sure to be of this deployment; none after a hard reload until it claims. */
export const sendToWorker: SendToWorker = (message, port) => {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  worker?.postMessage(message, [port]);
  return worker !== null;
};
