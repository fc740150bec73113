import { isObject, isString, isStrings } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { isScopeToken } from '#lib/scope.ts';

import type { AccountIdentity } from './account.ts';
import {
  isFailureReason,
  type Delivery,
  type DeliveryState,
  type FailureReason,
  type Post,
  type StepUpRequirement,
} from './post.ts';
import { readReason } from './stored-reasons.ts';

/**
 * Validates a stored post (STO-6); returns undefined if it is not one. Its text must survive: if its deliveries are
 * invalid, the post becomes a draft again.
 */
export function readPost(id: string, value: unknown): Post | undefined {
  if (!isObject(value) || value.version !== 1 || value.id !== id || !isString(value.text)) return undefined;
  const targets = Array.isArray(value.targets) ? value.targets.filter(isString) : [];
  const stored: unknown[] = Array.isArray(value.deliveries) ? value.deliveries.map(withReason) : [];
  const deliveries = stored.every(isDelivery) ? stored : [];
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

const isTime = (value: unknown): value is number => typeof value === 'number';
const time = (member: unknown): number => (isTime(member) ? member : 0);

/** Returns a stored delivery with its failure reason by today's name, or without one if the name is unknown. */
function withReason(delivery: unknown): unknown {
  if (!isObject(delivery) || !isObject(delivery.state) || delivery.state.kind !== 'failed') return delivery;
  return { ...delivery, state: { ...delivery.state, reason: readReason(delivery.state.reason) } };
}

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
      return isTime(value.since) && (value.met === undefined || isStepUpRequirement(value.met));
    case 'scheduled':
    case 'sent':
      return isString(value.remoteId) && isTime(value.at);
    case 'failed':
      return (
        isTime(value.at) &&
        isFailureReason(value.reason) &&
        (value.detail === undefined || isString(value.detail)) &&
        (value.reason !== 'insufficient-scope' || isScope(value.missingScope)) &&
        (!isAuthenticationReason(value.reason) || isStepUpRequirement(value.demand))
      );
    default:
      return false;
  }
}

const isAuthenticationReason = (reason: FailureReason): boolean =>
  reason === 'needs-authentication' || reason === 'step-up-rejected';

function isStepUpRequirement(value: unknown): value is StepUpRequirement {
  if (!isObject(value)) return false;
  return (
    (value.acrValues === undefined || isString(value.acrValues)) && (value.maxAge === undefined || isTime(value.maxAge))
  );
}

const isScope = (value: unknown): boolean => isStrings(value) && value.length > 0 && value.every(isScopeToken);
