import { omitUndefined } from '#lib/omit-undefined.ts';
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
  if (!isObject(value) || value.version !== 1 || value.id !== id || !isText(value.text)) return undefined;
  const targets = Array.isArray(value.targets) ? value.targets.filter(isText) : [];
  const deliveries = Array.isArray(value.deliveries) && value.deliveries.every(isDelivery) ? value.deliveries : [];
  return omitUndefined({
    version: 1,
    id,
    text: value.text,
    createdAt: time(value.createdAt),
    updatedAt: time(value.updatedAt),
    plannedFor: isTime(value.plannedFor) ? value.plannedFor : undefined,
    targets,
    deliveries,
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTime = (value: unknown): value is number => typeof value === 'number';
const time = (member: unknown): number => (isTime(member) ? member : 0);

function isDelivery(value: unknown): value is Delivery {
  if (!isObject(value)) return false;
  const texts = [value.connectionId, value.network, value.account, value.idempotencyKey];
  const isNobodyOrKnown = value.identity === undefined || isIdentity(value.identity);
  return texts.every(isText) && isNobodyOrKnown && isDeliveryState(value.state);
}

function isIdentity(value: unknown): value is AccountIdentity {
  return isObject(value) && [value.serviceId, value.issuer, value.subject].every(isText);
}

function isDeliveryState(value: unknown): value is DeliveryState {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case 'sending':
      return isTime(value.since) && (value.met === undefined || isDemand(value.met));
    case 'scheduled':
    case 'sent':
      return isText(value.remoteId) && isTime(value.at);
    case 'failed':
      return (
        isTime(value.at) &&
        isFailureReason(value.reason) &&
        (value.detail === undefined || isText(value.detail)) &&
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
    (value.acrValues === undefined || isText(value.acrValues)) && (value.maxAge === undefined || isTime(value.maxAge))
  );
}

const isScope = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isScopeToken);

/** Returns true if a value is a single scope token, valid in an authorization request (RFC 6749 §3.3). */
export function isScopeToken(value: unknown): value is string {
  return isText(value) && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value);
}
