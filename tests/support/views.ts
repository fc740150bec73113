/** Builders of screen props: a plausible value, with changes for a test or a picture. */
import type { ConnectionView } from '#connections/store/connection-view.ts';
import type { Service } from '#connections/services/service.ts';
import type { SignInOutcome } from '#connections/sign-in/sign-in-outcome.ts';
import type { Delivery, DeliveryState, Post } from '#planning/post.ts';

/** Wednesday 25 November 2026, 11:24 local time. */
export const NOW = new Date(2026, 10, 25, 11, 24).getTime();
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const birdsong: Service = {
  id: 'birdsong',
  name: 'Birdsong',
  resource: 'https://planner.example/birdsong/api',
  firstScopes: ['openid', 'profile', 'posts:read', 'posts:write', 'stats:read', 'offline_access'],
  permissions: [
    { scopes: ['openid', 'profile'], label: 'See your name and picture' },
    { scopes: ['posts:write'], label: 'Post for you' },
    { scopes: ['posts:read'], label: 'See your posts' },
    { scopes: ['stats:read'], label: 'See your post statistics' },
  ],
  place: 'in this browser',
};

/** A working connection, as a screen sees it. */
export function connectionView(changes: Partial<ConnectionView> = {}): ConnectionView {
  const { id, name, resource } = birdsong;
  return {
    id: 'c1',
    service: { id, name, resource },
    identity: { issuer: 'https://planner.example/birdsong', subject: 'u1', name: 'Lowtide Press', username: 'lowtide' },
    scope: birdsong.firstScopes,
    connectedAt: NOW - 2 * HOUR,
    status: { kind: 'connected', expiresAt: NOW + 42_000, refreshesItself: true },
    details: {
      issuer: 'https://planner.example/birdsong',
      clientId: 'https://planner.example/client.json',
      obtainedAt: NOW - 18_000,
      accessTokenForm: 'opaque',
      hasRefreshToken: true,
      offersRevocation: true,
      binding: 'bearer',
    },
    ...changes,
  };
}

/** A draft without a time, for the one connection. */
export function draft(changes: Partial<Post> = {}): Post {
  return {
    version: 1,
    id: 'p1',
    text: 'Signed copies of Tidewrack go on sale this evening.',
    createdAt: NOW - HOUR,
    updatedAt: NOW - HOUR,
    targets: ['c1'],
    deliveries: [],
    ...changes,
  };
}

/** The result of a post at one network. */
export function delivery(state: DeliveryState, changes: Partial<Delivery> = {}): Delivery {
  return {
    connectionId: 'c1',
    network: 'Birdsong',
    account: '@lowtide',
    idempotencyKey: 'k1',
    state,
    ...changes,
  };
}

/** A post that was sent to one network. */
export function post(state: DeliveryState, changes: Partial<Post> = {}): Post {
  return draft({ deliveries: [delivery(state)], ...changes });
}

/** A service as an outcome names it. */
export const service: Extract<SignInOutcome, { kind: 'denied' }>['service'] = {
  id: birdsong.id,
  name: birdsong.name,
  resource: birdsong.resource,
};
