import { inspector } from './inspector.ts';

const masked = 'Secrets are masked: of each are left its length and, where it is long, its last four characters.';

/** Taking a trace out of the inspector, and looking at one from elsewhere. */
export const inspectorExport = {
  har: {
    masked,
    flow: (kind: keyof typeof inspector.flows.titles, service: string) => inspector.flows.titles[kind](service),
    redirect: 'The page left for this address. The browser does not say what came back.',
    pending: 'There was no answer yet.',
    leftOut: 'The body was not kept.',
  },
  report: {
    title: 'What happened on the wire',
    masked,
    flow: (kind: keyof typeof inspector.flows.titles, service: string) => inspector.flows.titles[kind](service),
    began: (at: string, steps: number) => `Began ${at}, ${steps === 1 ? '1 step' : `${steps} steps`}.`,
    request: (method: string, url: string) => `${method} ${url}`,
    purpose: (step: string) => `What for: ${step}`,
    answered: (status: string, ms: number) => `Answered with ${status} after ${ms} ms.`,
    noAnswer: (reason: string, ms: number) => `No answer after ${ms} ms: ${reason}`,
    pending: 'No answer yet.',
    asked: 'Sent:',
    answer: 'Came back:',
    leftOut: (type: string, bytes: number) => `A body was not kept: ${type}, ${bytes} bytes.`,
    token: {
      opaque: (name: string, value: string) => `${name}: ${value}, which only the server can read.`,
      jwt: (name: string, value: string) => `${name}: ${value}, a JWT. It says, read and not verified:`,
    },
    check: {
      passed: (rule: string) => `Check passed: ${rule}`,
      failed: (rule: string) => `**Check failed**: ${rule}`,
    },
    expected: (value: string) => `Expected: ${value}`,
    actual: (value: string) => `Actual: ${value}`,
    redirectOut: (url: string) => `The page left for ${url}`,
    redirectBack: (url: string) => `The page came back to ${url}`,
    verifierMade: (challenge: string) => `A code verifier was made. Its challenge: ${challenge}`,
    lockWaited: (lock: string, ms: number) => `Waited ${ms} ms for the lock ${lock}`,
    stored: (what: string, where: string, names: readonly string[]) =>
      `Stored ${what} in ${where}${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
    removed: (what: string, where: string) => `Removed ${what} from ${where}`,
    descriptionReused: (url: string) => `Used the description that was kept of ${url}`,
    retryDeclared: 'The last answer was lost: one more try with the same token',
    tokenAdopted: 'Another tab had refreshed; its token is used',
    tampered: (what: string, from: string, to: string) => `Changed on purpose: ${what} from ${from} to ${to}`,
  },
  /** Why a file was not opened. */
  refused: {
    unreadable: 'The browser could not read this file. See whether it is still there, and choose it again.',
    'too-large': 'This file is larger than 16 MB, and no trace of this app is. Nothing was opened.',
    'not-json': 'This file is no JSON. Choose one that was saved here with “JSON”.',
    'no-trace': 'This is JSON, but no trace of this app. Choose one that was saved here with “JSON”.',
    'other-version': 'This trace was saved by another version of this app, which writes it differently. Open it there.',
    'too-many-events': 'This trace has more than 2,000 events, and this app records no more. Nothing was opened.',
    malformed: 'A part of this trace is not as this app writes it: it was changed or damaged. Nothing was opened.',
  },
  dropped: (count: number) =>
    count === 1
      ? 'One event is of a kind that this version does not know. It was left out.'
      : `${count} events are of kinds that this version does not know. They were left out.`,
};
