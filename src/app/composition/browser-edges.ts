import type { Platform } from '#app/boot/platform.ts';
import { sendToWorker } from '#app/service-worker/post-message.ts';
import { appUrl } from '#base.ts';
import { openChangeChannel } from '#storage/change-channel.ts';

import type { ConnectionEdges } from './connections.ts';

type BrowserEdges = Omit<ConnectionEdges, keyof Platform>;

/** Returns this page's network, channels, worker and navigation. */
export function browserEdges(): BrowserEdges {
  return {
    appUrl,
    fetch: (input, init) => fetch(input, init),
    openChannel: openChangeChannel,
    sendToWorker,
    hasWebLocks: 'locks' in navigator,
    random: Math.random,
    leave: (url) => location.assign(url),
  };
}
