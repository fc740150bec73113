import { describe, expect, it } from 'vitest';

import { groupedByDay, isWaiting } from '#features/inspector/model/flow-groups.ts';
import { createFlowReader, type Flow } from '#features/inspector/model/flow.ts';
import { hostsOf, directionsOf } from '#features/inspector/model/lanes.ts';
import { failedStepOf, failureOf, outcomeOf } from '#features/inspector/model/outcome.ts';
import type { Trace } from '#trace/event.ts';
import { busyTrace, check, exchange, SIGN_IN, traceOf } from '#tests/support/shown-traces.ts';
import { HOUR, NOW } from '#tests/support/views.ts';

const read = ({ events }: Trace): Flow[] => createFlowReader()(events);
const onlyFlow = (steps: Parameters<typeof traceOf>[0][string]['steps']): { flow: Flow; trace: Trace } => {
  const trace = traceOf({ a: { kind: 'connect', startsAt: NOW, steps } });
  const [flow] = read(trace);
  if (!flow) throw new Error('no flow');
  return { flow, trace };
};
const endOf = (steps: Parameters<typeof traceOf>[0][string]['steps']) => {
  const { flow, trace } = onlyFlow(steps);
  const step = flow.steps.at(-1);
  if (!step) throw new Error('no step');
  return { outcome: outcomeOf(step, trace.bodyOf), failure: failureOf(step, trace.bodyOf) };
};

describe('the flows of a trace', () => {
  it('are sorted newest first, each with its steps and each response with its request', () => {
    const flows = read(busyTrace(NOW));
    expect(flows.map(({ id }) => id)).toEqual(['refused', 'refresh', 'call', 'connect', 'ended']);
    expect(flows[2]?.steps.map(({ kind }) => kind)).toEqual(['exchange', 'exchange']);
    expect(flows[1]?.cause).toBe('call');
  });

  it('are the same objects until they change', () => {
    const reader = createFlowReader();
    const { events } = busyTrace(NOW);
    const before = reader(events);
    const later = traceOf({ call: { kind: 'call', startsAt: NOW, steps: [check('state-is-known')] } }).events;
    const after = reader([...events, ...later.map((event) => ({ ...event, id: event.id + events.length }))]);
    const same = after.filter((flow) => before.includes(flow)).map(({ id }) => id);
    expect(same).toEqual(expect.arrayContaining(['connect', 'refresh', 'ended', 'refused']));
    expect(same).not.toContain('call');
  });

  it('drop a response whose request was evicted', () => {
    const { events } = traceOf({ a: { kind: 'call', startsAt: NOW, steps: exchange('api-call') } });
    expect(createFlowReader()(events.slice(1))[0]?.steps).toEqual([]);
  });

  it('are grouped by day, with pending ones first', () => {
    const flows = read(busyTrace(NOW));
    const groups = groupedByDay(flows, ({ id }) => id === 'call');
    expect(groups[0]).toMatchObject({ day: 'now' });
    expect(groups.flatMap(({ flows: ofDay }) => ofDay.map(({ id }) => id))).toHaveLength(5);
    expect(groups.length).toBeGreaterThanOrEqual(3);
  });

  it('wait minutes for a response, not forever', () => {
    const { flow } = onlyFlow(exchange('api-call', { status: 'none' }));
    expect(isWaiting(flow, NOW + 1_000)).toBe(true);
    expect(isWaiting(flow, NOW + HOUR)).toBe(false);
  });
});

describe('how a step ended', () => {
  it('E8: is success for a disconnect whose revoked token is then rejected', () => {
    const headers = [['www-authenticate', 'Bearer error="invalid_token"']] as const;
    const steps = [...exchange('revocation', { method: 'POST' }), ...exchange('api-call', { status: 401, headers })];
    const trace = traceOf({ a: { kind: 'disconnect', startsAt: NOW, steps } });
    const [flow] = read(trace);
    expect(flow && failedStepOf(flow, trace.bodyOf)).toBeUndefined();
    expect(flow?.steps.map((step) => outcomeOf(step, trace.bodyOf))).toEqual(['done', 'expected']);
    expect(endOf(exchange('api-call', { status: 401, headers })).outcome).toBe('failed');
  });

  it('treats the first rejection and the issue of a nonce as expected', () => {
    expect(endOf(exchange('resource-probe', { status: 401 })).outcome).toBe('expected');
    const nonce = exchange('token-request', { status: 400, response: { error: 'use_dpop_nonce' } });
    expect(endOf(nonce).outcome).toBe('expected');
  });

  it('names a rejection by its challenge, then its JSON, then its status', () => {
    const headers = [['www-authenticate', 'Bearer realm="a, error=b", error="insufficient_scope"']] as const;
    expect(endOf(exchange('api-call', { status: 403, headers })).failure).toMatchObject({
      error: 'insufficient_scope',
    });
    const response = { error: 'invalid_grant' };
    expect(endOf(exchange('refresh', { status: 400, response })).failure).toMatchObject({ error: 'invalid_grant' });
    expect(endOf(exchange('refresh', { status: 503 })).failure).toEqual({ by: 'status', status: 503 });
    expect(endOf(exchange('refresh', { status: 'timed-out' })).failure).toEqual({ by: 'reason', reason: 'timed-out' });
  });

  it('ignores a nested error in a response', () => {
    const response = { posts: [{ error: 'invalid_grant' }] };
    expect(endOf(exchange('api-call', { status: 400, response })).failure).toEqual({ by: 'status', status: 400 });
  });

  it('uses the end of a flow, but a failed check always counts', () => {
    const refreshed = onlyFlow([...exchange('api-call', { status: 401 }), ...exchange('api-call')]);
    expect(failedStepOf(refreshed.flow, refreshed.trace.bodyOf)).toBeUndefined();
    const refused = onlyFlow([...exchange('api-call'), ...exchange('api-call', { status: 500 })]);
    expect(failedStepOf(refused.flow, refused.trace.bodyOf)).toBe(refused.flow.steps[1]);
    const checked = onlyFlow([check('issuer-matches', 'failed'), ...exchange('api-call')]);
    expect(failedStepOf(checked.flow, checked.trace.bodyOf)).toBe(checked.flow.steps[0]);
  });
});

describe('the parties of a flow', () => {
  it('are identified by the purpose of a step, never by URLs', () => {
    const { flow } = onlyFlow([
      ...exchange('userinfo', { url: 'https://api.example/userinfo' }),
      ...exchange('api-call'),
    ]);
    expect(flow.steps.map((step) => directionsOf(step).to)).toEqual(['server', 'service']);
  });

  it('are shown with the common part of their URLs', () => {
    const { flow } = onlyFlow(SIGN_IN);
    expect(hostsOf(flow)).toEqual({ server: 'planner.example/birdsong', service: 'planner.example/birdsong/api' });
  });
});
