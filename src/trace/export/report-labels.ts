import type { FlowKind } from '#trace/event.ts';

/** The texts of a report, as Markdown. String arguments are passed as code spans, so that nothing in them can become markup. */
export interface ReportLabels {
  title: string;
  masked: string;
  flow: (kind: FlowKind, service: string) => string;
  /** `at` is an ISO 8601 date. */
  began: (at: string, steps: number) => string;
  request: (method: string, url: string) => string;
  purpose: (step: string) => string;
  respondedAfter: (status: string, ms: number) => string;
  failedAfter: (reason: string, ms: number) => string;
  pending: string;
  asked: string;
  response: string;
  omitted: (type: string, bytes: number) => string;
  token: { opaque: (name: string, masked: string) => string; jwt: (name: string, masked: string) => string };
  check: { passed: (rule: string) => string; failed: (rule: string) => string };
  expected: (value: string) => string;
  actual: (value: string) => string;
  redirectOut: (url: string) => string;
  redirectBack: (url: string) => string;
  verifierMade: (challenge: string) => string;
  lockWaited: (lock: string, ms: number) => string;
  stored: (what: string, where: string, names: readonly string[]) => string;
  removed: (what: string, where: string) => string;
  descriptionReused: (url: string) => string;
  retryDeclared: string;
  tokenAdopted: string;
  tampered: (what: string, from: string, to: string) => string;
}
