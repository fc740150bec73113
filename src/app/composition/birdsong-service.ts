import type { Service } from '#connections/services/service.ts';
import { messages } from '#messages/en.ts';

/** Where the demo network keeps what it knows: a program of its own, so its name is all that is known of it here. */
export const BIRDSONG_DATABASE = 'birdsong';

/** Birdsong, the demo network in this browser, as a service: the app knows no more of it than of any other. */
export function birdsongService(appUrl: string): Service {
  const { permissions, place } = messages.birdsong;
  return {
    id: 'birdsong',
    name: 'Birdsong',
    resource: new URL('birdsong/api', appUrl).href,
    issuer: new URL('birdsong', appUrl).href,
    firstScopes: ['openid', 'profile', 'posts:read', 'posts:write', 'stats:read', 'offline_access'],
    permissions: [
      { scopes: ['openid', 'profile'], label: permissions.profile },
      { scopes: ['posts:write'], label: permissions.post },
      { scopes: ['posts:read'], label: permissions.read },
      { scopes: ['stats:read'], label: permissions.statistics },
      { scopes: ['offline_access'], label: permissions.stayConnected },
    ],
    place,
    accessUrl: new URL('birdsong/controls', appUrl).href,
  };
}
