/** Traces as the app records them, to show without running a flow. */
import type { Fields, FlowKind, ReadToken, Trace, TraceBody, TraceEvent, TraceStep } from '#trace/event.ts';

const BIRDSONG = 'https://planner.example/birdsong';

/** A step as a test describes it; the rest is filled in. */
interface Written {
  step: TraceStep;
  body?: TraceBody;
  by?: TraceEvent['by'];
}

interface FlowWritten {
  kind: FlowKind;
  service?: string;
  startsAt: number;
  cause?: string;
  steps: readonly Written[];
}

/** Returns a trace of these flows, by their names, in the given order. Steps are a tenth of a second apart. */
export function traceOf(flows: Readonly<Record<string, FlowWritten>>): Trace {
  const bodies = new Map<number, TraceBody>();
  const events: TraceEvent[] = [];
  for (const [flow, { kind, service = 'Birdsong', startsAt, cause, steps }] of Object.entries(flows)) {
    for (const [place, { step, body, by = 'page' }] of steps.entries()) {
      const id = events.length + 1;
      if (body) bodies.set(id, body);
      const request = 'request' in step ? { request: id + step.request } : {};
      const tag = { flow, kind, service, connection: 'c1', ...(cause !== undefined && { cause }) };
      events.push({ ...tag, ...step, ...request, id, at: startsAt + place * 100, by });
    }
  }
  return { events, bodyOf: (id) => bodies.get(id) };
}

const json = (value: object): TraceBody => ({ kind: 'json', text: JSON.stringify(value, undefined, 2) });
const masked = (tail: string, length = 43): string => `••••••${tail} (${length} characters)`;

/** A request and its response. */
export function exchange(
  step: string,
  {
    method = 'GET',
    url = `${BIRDSONG}/api/posts`,
    status = 200,
    sent,
    response,
    requestHeaders = [],
    headers = [],
    requestTokens,
    tokens,
    because,
    by = 'page',
    ms = 41,
  }: {
    method?: string;
    url?: string;
    /** `none`: no response yet. A string: why none came. */
    status?: number | 'none' | (string & {});
    sent?: TraceBody;
    response?: object;
    requestHeaders?: Fields;
    headers?: Fields;
    requestTokens?: readonly ReadToken[];
    tokens?: readonly ReadToken[];
    because?: 'token-refreshed' | 'new-nonce' | 'clock-corrected';
    by?: TraceEvent['by'];
    ms?: number;
  } = {},
): Written[] {
  const request: Written = {
    step: {
      type: 'request',
      step,
      method,
      url,
      headers: [['accept', 'application/json'], ...requestHeaders],
      ...(sent && { bodySize: 412 }),
      ...(requestTokens && { tokens: requestTokens }),
      ...(because && { because }),
    },
    by,
    ...(sent && { body: sent }),
  };
  if (status === 'none') return [request];
  if (typeof status === 'string') {
    return [request, { step: { type: 'request-failed', step, request: -1, reason: status, ms }, by }];
  }
  const answered: Written = {
    step: {
      type: 'response',
      step,
      // The id of the previous event.
      request: -1,
      status,
      headers: [...(response ? [['content-type', 'application/json'] as const] : []), ...headers],
      ...(response && { bodySize: JSON.stringify(response).length }),
      ...(tokens && { tokens }),
      ms,
    },
    by,
    ...(response && { body: json(response) }),
  };
  return [request, answered];
}

/** A check of a response. */
export function check(
  rule: string,
  outcome: 'passed' | 'failed' = 'passed',
  expected?: string,
  actual?: string,
): Written {
  const values = { ...(expected !== undefined && { expected }), ...(actual !== undefined && { actual }) };
  return { step: { type: 'check', rule, outcome, ...values } };
}

const ACCESS_TOKEN: ReadToken = {
  name: 'access_token',
  form: 'jwt',
  masked: masked('Zk0g', 812),
  header: { typ: 'at+jwt', alg: 'ES256', kid: 'bs-2026-11' },
  claims: {
    iss: BIRDSONG,
    sub: 'u_lowtide',
    aud: `${BIRDSONG}/api`,
    client_id: 'https://planner.example/client.json',
    scope: 'profile:read posts:read posts:write',
    iat: 1795605849,
    exp: 1795605909,
    cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' },
  },
};
const ID_TOKEN: ReadToken = {
  name: 'id_token',
  form: 'jwt',
  masked: masked('x91Q', 640),
  header: { alg: 'ES256', kid: 'bs-2026-11' },
  claims: { iss: BIRDSONG, sub: 'u_lowtide', aud: 'c_1', nonce: 'n-0S6', iat: 1795605849, exp: 1795609449 },
};

/** The steps of a complete sign-in. */
export const SIGN_IN: readonly Written[] = [
  ...exchange('resource-probe', {
    status: 401,
    headers: [['www-authenticate', `Bearer resource_metadata="${BIRDSONG}/.well-known/oauth-protected-resource"`]],
  }),
  ...exchange('resource-metadata', {
    url: 'https://planner.example/.well-known/oauth-protected-resource/birdsong/api',
    response: { resource: `${BIRDSONG}/api`, authorization_servers: [BIRDSONG], bearer_methods_supported: ['header'] },
  }),
  check('resource-matches', 'passed', `${BIRDSONG}/api`, `${BIRDSONG}/api`),
  ...exchange('server-metadata', {
    url: 'https://planner.example/.well-known/oauth-authorization-server/birdsong',
    response: { issuer: BIRDSONG, token_endpoint: `${BIRDSONG}/token`, code_challenge_methods_supported: ['S256'] },
  }),
  check('issuer-matches', 'passed', BIRDSONG, BIRDSONG),
  check('pkce-is-supported', 'passed', 'S256', 'S256'),
  ...exchange('registration', {
    method: 'POST',
    url: `${BIRDSONG}/register`,
    status: 201,
    sent: json({ client_name: 'Content Planner', token_endpoint_auth_method: 'none' }),
    response: { client_id: 'c_1', client_id_issued_at: 1795605840, token_endpoint_auth_method: 'none' },
  }),
  { step: { type: 'verifier-created', challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' } },
  { step: { type: 'stored', where: 'sessionStorage', what: 'pending sign-in', names: ['state', 'verifier', 'nonce'] } },
  {
    step: {
      type: 'redirect-out',
      url: `${BIRDSONG}/authorize`,
      parameters: [
        ['response_type', 'code'],
        ['client_id', 'c_1'],
        ['redirect_uri', 'https://planner.example/callback'],
        ['scope', 'profile:read posts:read posts:write'],
        ['state', 'Vdn1…'],
        ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
        ['code_challenge_method', 'S256'],
      ],
    },
  },
  {
    step: {
      type: 'redirect-back',
      url: 'https://planner.example/callback',
      parameters: [
        ['code', masked('f3Qa')],
        ['state', 'Vdn1…'],
        ['iss', BIRDSONG],
      ],
    },
  },
  check('state-is-known'),
  check('response-issuer-matches', 'passed', BIRDSONG, BIRDSONG),
  ...exchange('token-request', {
    method: 'POST',
    url: `${BIRDSONG}/token`,
    sent: {
      kind: 'form',
      fields: [
        ['grant_type', 'authorization_code'],
        ['code', masked('f3Qa')],
        ['redirect_uri', 'https://planner.example/callback'],
        ['client_id', 'c_1'],
        ['code_verifier', masked('9xKe')],
      ],
    },
    requestHeaders: [
      ['content-type', 'application/x-www-form-urlencoded;charset=UTF-8'],
      ['dpop', masked('mA2w', 480)],
    ],
    response: {
      access_token: masked('Zk0g', 812),
      token_type: 'DPoP',
      expires_in: 60,
      refresh_token: masked('b7Lt'),
      scope: 'profile:read posts:read posts:write',
      id_token: masked('x91Q', 640),
    },
    requestTokens: [
      {
        name: 'dpop',
        form: 'jwt',
        masked: masked('mA2w', 480),
        header: { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: 'f83O', y: 'x_FE' } },
        claims: { jti: 'e1j3', htm: 'POST', htu: `${BIRDSONG}/token`, iat: 1795605849 },
      },
    ],
    tokens: [ACCESS_TOKEN, ID_TOKEN, { name: 'refresh_token', form: 'opaque', masked: masked('b7Lt') }],
  }),
  check('token-type-is-known', 'passed', 'dpop', 'DPoP'),
  check('token-is-bound'),
  check('id-token-claims-hold'),
  ...exchange('jwks', {
    url: `${BIRDSONG}/jwks`,
    response: { keys: [{ kty: 'EC', kid: 'bs-2026-11', use: 'sig', crv: 'P-256', x: 'f83O', y: 'x_FE' }] },
  }),
  check('id-token-signature-holds'),
  ...exchange('userinfo', { url: `${BIRDSONG}/userinfo`, response: { sub: 'u_lowtide', name: 'Lowtide Press' } }),
  check('userinfo-subject-matches'),
  { step: { type: 'stored', where: 'IndexedDB', what: 'connection', names: ['grant', 'person', 'scope'] } },
];

/** A day with Birdsong: a sign-in, a call that needed a new token, a rejection, and a connection that ended. */
export function busyTrace(now: number): Trace {
  const minute = 60_000;
  return traceOf({
    ended: {
      kind: 'refresh',
      service: 'Harbour API',
      startsAt: now - 20 * 60 * minute,
      steps: [
        { step: { type: 'lock-waited', lock: 'connection c2', ms: 120 } },
        ...exchange('refresh', {
          method: 'POST',
          url: 'https://auth.harbour.example/token',
          status: 400,
          response: { error: 'invalid_grant', error_description: 'The refresh token was revoked.' },
        }),
      ],
    },
    connect: { kind: 'connect', startsAt: now - 30 * minute, steps: SIGN_IN },
    call: {
      kind: 'call',
      startsAt: now - 5 * minute,
      steps: [
        ...exchange('api-call', {
          requestHeaders: [['authorization', `DPoP ${masked('Zk0g', 812)}`]],
          status: 401,
          headers: [['www-authenticate', 'DPoP error="invalid_token", algs="ES256"']],
        }),
        ...exchange('api-call', {
          requestHeaders: [['authorization', `DPoP ${masked('Qq1x', 812)}`]],
          because: 'token-refreshed',
          response: { posts: [] },
        }),
      ],
    },
    refresh: {
      kind: 'refresh',
      startsAt: now - 5 * minute + 100,
      cause: 'call',
      steps: [
        { step: { type: 'lock-waited', lock: 'connection c1', ms: 3 }, by: 'worker' },
        ...exchange('refresh', {
          method: 'POST',
          url: `${BIRDSONG}/token`,
          by: 'worker',
          sent: {
            kind: 'form',
            fields: [
              ['grant_type', 'refresh_token'],
              ['refresh_token', masked('b7Lt')],
            ],
          },
          response: { access_token: masked('Qq1x', 812), token_type: 'DPoP', expires_in: 60 },
        }),
        { step: { type: 'stored', where: 'IndexedDB', what: 'connection', names: ['grant'] }, by: 'worker' },
      ],
    },
    refused: {
      kind: 'step-up',
      startsAt: now - 2 * minute,
      steps: [
        ...exchange('api-call', {
          method: 'POST',
          status: 403,
          headers: [['www-authenticate', 'DPoP error="insufficient_scope", scope="posts:write"']],
        }),
        { step: { type: 'verifier-created', challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' } },
        {
          step: {
            type: 'redirect-out',
            url: `${BIRDSONG}/authorize`,
            parameters: [
              ['response_type', 'code'],
              ['scope', 'posts:write'],
            ],
          },
        },
        {
          step: {
            type: 'redirect-back',
            url: 'https://planner.example/callback',
            parameters: [['code', masked('u88e')]],
          },
        },
        check('state-is-known'),
        ...exchange('token-request', {
          method: 'POST',
          url: `${BIRDSONG}/token`,
          response: { access_token: masked('L0pp', 812), token_type: 'DPoP', scope: 'posts:write' },
        }),
      ],
    },
  });
}
