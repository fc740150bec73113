import type { Service } from '#connections/services/service.ts';
import { messages } from '#messages/en.ts';

/** The demo network's database. The demo network is a separate program, so the app knows only the database's name. */
export const BIRDSONG_DATABASE = 'birdsong';

/** Returns Birdsong, the demo network in this browser, as a service. The app knows no more about it than about any other. */
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
