/** A permission on the consent page, and the scopes it represents. */
export interface Permission {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly title: string;
  readonly detail: string;
  /** Whether the connection requires it, so that the user cannot untick it. */
  readonly isNeeded: boolean;
}

export const PERMISSIONS: readonly Permission[] = [
  {
    id: 'identity',
    scopes: ['openid', 'profile'],
    title: 'See your name and picture',
    detail: 'Required',
    isNeeded: true,
  },
  {
    id: 'email',
    scopes: ['email'],
    title: 'See your email address',
    detail: 'As made up as everything else here',
    isNeeded: false,
  },
  {
    id: 'posts-read',
    scopes: ['posts:read'],
    title: 'See your posts',
    detail: 'Published and scheduled posts',
    isNeeded: false,
  },
  {
    id: 'posts-write',
    scopes: ['posts:write'],
    title: 'Post for you',
    detail: 'Publish, schedule, and delete this app’s own posts. It can’t change any other post.',
    isNeeded: false,
  },
  {
    id: 'stats-read',
    scopes: ['stats:read'],
    title: 'See your post statistics',
    detail: 'Likes, reposts and replies',
    isNeeded: false,
  },
  {
    id: 'offline',
    scopes: ['offline_access'],
    title: 'Stay connected',
    detail: 'Access lasts 60 seconds. This lets the app renew it without asking again.',
    isNeeded: false,
  },
];

/** All scopes that Birdsong can grant. */
export const SCOPES: readonly string[] = PERMISSIONS.flatMap((permission) => permission.scopes);

/** The scopes that give access to the API; the others only affect the sign-in. */
export const API_SCOPES = ['profile', 'email', 'posts:read', 'posts:write', 'stats:read'] as const;

/**
 * Returns the permissions that the consent page shows for a request. Unknown scopes must be removed here, because the library
 * would grant them.
 *
 * @param requested the scopes of the authorization request
 * @returns the permissions that contain a requested scope, each reduced to its requested scopes
 */
export function permissionsFor(requested: readonly string[]): Permission[] {
  return PERMISSIONS.map((permission) => ({
    ...permission,
    scopes: permission.scopes.filter((scope) => requested.includes(scope)),
  })).filter((permission) => permission.scopes.length > 0);
}

/**
 * Returns the scopes that the user grants with the form.
 *
 * @param permissions the permissions that the page showed
 * @param ticked the ids of the ticked permissions; ids that were not shown are ignored
 * @returns the granted scopes
 */
export function grantedScopes(permissions: readonly Permission[], ticked: readonly string[]): string[] {
  return permissions
    .filter((permission) => permission.isNeeded || ticked.includes(permission.id))
    .flatMap((permission) => permission.scopes);
}
