import { isObject, isString, isStrings } from '#lib/guards.ts';
import { isScopeToken } from '#lib/scope.ts';

import type { AccountIdentity } from './account.ts';
import {
  isFailureReason,
  type Delivery,
  type DeliveryState,
  type FailureReason,
  type Post,
  type SignInDemand,
} from './post.ts';

/**
 * Validates a stored post (STO-6); returns undefined if it is not one. Its text must survive: if its deliveries are
 * invalid, the post becomes a draft again.
 */
export function readPost(id: string, value: unknown): Post | undefined {
  if (!isObject(value) || value.version !== 1 || value.id !== id || !isString(value.text)) return undefined;
  const targets = Array.isArray(value.targets) ? value.targets.filter(isString) : [];
  const deliveries = Array.isArray(value.deliveries) && value.deliveries.every(isDelivery) ? value.deliveries : [];
  return {
    version: 1,
    id,
    text: value.text,
    createdAt: time(value.createdAt),
    updatedAt: time(value.updatedAt),
    ...(isTime(value.plannedFor) && { plannedFor: value.plannedFor }),
    targets,
    deliveries,
  };
}

const isTime = (value: unknown): value is number => typeof value === 'number';
const time = (member: unknown): number => (isTime(member) ? member : 0);

function isDelivery(value: unknown): value is Delivery {
  if (!isObject(value)) return false;
  const texts = [value.connectionId, value.network, value.account, value.idempotencyKey];
  const isNobodyOrKnown = value.identity === undefined || isIdentity(value.identity);
  return isStrings(texts) && isNobodyOrKnown && isDeliveryState(value.state);
}

function isIdentity(value: unknown): value is AccountIdentity {
  return isObject(value) && isStrings([value.serviceId, value.issuer, value.subject]);
}

function isDeliveryState(value: unknown): value is DeliveryState {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case 'sending':
      return isTime(value.since) && (value.met === undefined || isDemand(value.met));
    case 'scheduled':
    case 'sent':
      return isString(value.remoteId) && isTime(value.at);
    case 'failed':
      return (
        isTime(value.at) &&
        isFailureReason(value.reason) &&
        (value.detail === undefined || isString(value.detail)) &&
        (value.reason !== 'more-permission' || isScope(value.missingScope)) &&
        (!isAuthenticationReason(value.reason) || isDemand(value.demand))
      );
    default:
      return false;
  }
}

const isAuthenticationReason = (reason: FailureReason): boolean =>
  reason === 'needs-authentication' || reason === 'authentication-in-vain';

function isDemand(value: unknown): value is SignInDemand {
  if (!isObject(value)) return false;
  return (
    (value.acrValues === undefined || isString(value.acrValues)) && (value.maxAge === undefined || isTime(value.maxAge))
  );
}

const isScope = (value: unknown): boolean => isStrings(value) && value.length > 0 && value.every(isScopeToken);
