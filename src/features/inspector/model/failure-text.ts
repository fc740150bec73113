import {
  otherFailure,
  reasons,
  serverErrors,
  statusClasses,
  statuses,
  type FailureText,
} from '#messages/en/inspector-failures.ts';
import { otherRule, rules } from '#messages/en/inspector-rules.ts';

import type { Failure } from './outcome.ts';

/** Returns the cause of a failure and the remedy, in plain words. */
export function failureText(failure: Failure): FailureText {
  switch (failure.by) {
    case 'rule':
      return rules[failure.rule] ?? otherRule;
    case 'reason':
      return reasons[failure.reason] ?? otherFailure;
    case 'status':
      return ofStatus(failure.status);
    case 'error':
      return serverErrors[failure.error] ?? (failure.status === undefined ? otherFailure : ofStatus(failure.status));
  }
}

function ofStatus(status: number): FailureText {
  return statuses[status] ?? (status >= 500 ? statusClasses.fault : statusClasses.refused);
}

/** Returns a short name for a failure, as in the protocol: "invalid_grant", "503". */
export function failureName(failure: Failure): string {
  switch (failure.by) {
    case 'rule':
      return rules[failure.rule]?.title ?? failure.rule;
    case 'reason':
      return failure.reason;
    case 'status':
      return String(failure.status);
    case 'error':
      return failure.error;
  }
}
