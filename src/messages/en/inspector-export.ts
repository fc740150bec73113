import { appName } from './app-name.ts';
import { inspector } from './inspector.ts';

const masked = 'Secrets are masked: only the length and, if long, the last four characters are shown.';

/** Exporting a trace from the inspector, and opening an imported one. */
export const inspectorExport = {
  har: {
    masked,
    flow: (kind: keyof typeof inspector.flows.titles, service: string) => inspector.flows.titles[kind](service),
    redirect: 'The page was redirected to this URL. The browser doesn’t say what came back.',
    pending: 'No response yet.',
    omitted: 'Body not recorded.',
  },
  report: {
    title: 'What happened on the wire',
    masked,
    flow: (kind: keyof typeof inspector.flows.titles, service: string) => inspector.flows.titles[kind](service),
    began: (at: string, steps: number) => `Started ${at}, ${steps === 1 ? '1 step' : `${steps} steps`}.`,
    request: (method: string, url: string) => `${method} ${url}`,
    purpose: (step: string) => `Purpose: ${step}`,
    respondedAfter: (status: string, ms: number) => `Response: ${status} after ${ms} ms.`,
    failedAfter: (reason: string, ms: number) => `No response after ${ms} ms: ${reason}`,
    pending: 'No response yet.',
    asked: 'Request:',
    response: 'Response:',
    omitted: (type: string, bytes: number) => `Body not recorded: ${type}, ${bytes} bytes.`,
    token: {
      opaque: (name: string, value: string) => `${name}: ${value}, which only the server can read.`,
      jwt: (name: string, value: string) => `${name}: ${value}, a JWT. Contents, not verified:`,
    },
    check: {
      passed: (rule: string) => `Check passed: ${rule}`,
      failed: (rule: string) => `**Check failed**: ${rule}`,
    },
    expected: (value: string) => `Expected: ${value}`,
    actual: (value: string) => `Actual: ${value}`,
    redirectOut: (url: string) => `Redirected to ${url}`,
    redirectBack: (url: string) => `Returned to ${url}`,
    verifierMade: (challenge: string) => `Created a code verifier. Its challenge: ${challenge}`,
    lockWaited: (lock: string, ms: number) => `Waited ${ms} ms for the lock ${lock}`,
    stored: (what: string, where: string, names: readonly string[]) =>
      `Stored ${what} in ${where}${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
    removed: (what: string, where: string) => `Removed ${what} from ${where}`,
    descriptionReused: (url: string) => `Used cached metadata from ${url}`,
    retryDeclared: 'The last response was lost: retrying once with the same token',
    tokenAdopted: 'Used another tab’s token',
    tampered: (what: string, from: string, to: string) => `Tampered with: ${what} from ${from} to ${to}`,
  },
  /** Why a file was not opened. */
  rejected: {
    unreadable: 'The browser couldn’t read this file. Check that it still exists, then choose it again.',
    'too-large': 'This file is larger than 16 MB; traces are smaller. Nothing was opened.',
    'not-json': 'This isn’t a JSON file. Choose one saved here with “JSON”.',
    'no-trace': `Not a ${appName} trace. Choose one saved here with “JSON”.`,
    'other-version':
      'This trace was saved by another version of this app, in a different format. Open it in that version.',
    'too-many-events': 'This trace has more than 2,000 events, the most this app records. Nothing was opened.',
    malformed: 'The trace is damaged or was modified. Nothing was opened.',
  },
  dropped: (count: number) =>
    count === 1
      ? 'One event is of a type this version doesn’t know. It was left out.'
      : `${count} events are of types this version doesn’t know. They were left out.`,
};
