import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { claims, proofClaims, tokenHeader } from '#messages/en/inspector-claims.ts';
import { reasons, serverErrors, statuses } from '#messages/en/inspector-failures.ts';
import { attackDemos } from '#messages/en/attack-demos.ts';
import { registration, resourceMetadata, serverMetadata } from '#messages/en/inspector-metadata.ts';
import { authorizationRequest, tokenRequest, tokenResponse } from '#messages/en/inspector-parameters.ts';
import { rules } from '#messages/en/inspector-rules.ts';
import { eventSteps, proven, requestSteps, sentAgain, signOutSteps } from '#messages/en/inspector-steps.ts';
import { inspector } from '#messages/en/inspector.ts';
import { SCENARIOS } from '#features/inspector/attack-demos/scenarios.ts';
import { specLink } from '#features/inspector/model/spec-url.ts';
import { authorizationParameters } from '#oauth/authorize.ts';

/** The members of a union of string literals, read from its source. */
function membersOf(file: string, type: string): string[] {
  const source = readFileSync(file, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  const declaration = new RegExp(`type ${type} =([^;]+);`).exec(source)?.[1] ?? '';
  return Array.from(declaration.matchAll(/\| '([^']+)'|^\s*'([^']+)'/gm), ([, one, first]) => one ?? first ?? '');
}

/** The types of events, read from their source. */
function eventTypes(): string[] {
  const source = readFileSync('src/trace/event.ts', 'utf8');
  const steps = source.slice(source.indexOf('type TraceStep'), source.indexOf('type TraceEvent'));
  return Array.from(steps.matchAll(/\btype: '([a-z-]+)'/g), ([, type]) => type ?? '');
}

const allSpecs = [
  ...Object.values(requestSteps),
  ...Object.values(eventSteps),
  ...Object.values(signOutSteps),
  ...Object.values(rules),
  ...Object.values(sentAgain),
  ...Object.values(attackDemos.scenarios),
].flatMap((words) => words?.specs ?? []);

describe('the texts of the flow inspector', () => {
  it('cover every request that the app makes', () => {
    const steps = [...membersOf('src/oauth/protocol-step.ts', 'ProtocolStep'), 'api-call'];
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter((step) => requestSteps[step] === undefined)).toEqual([]);
  });

  it('cover every rule that a response is checked against', () => {
    const known = membersOf('src/oauth/flow-context.ts', 'CheckRule');
    expect(known.length).toBeGreaterThan(20);
    expect(known.filter((rule) => rules[rule] === undefined)).toEqual([]);
  });

  it('cover every type of event, and no others', () => {
    // A request has the text of its purpose, as its response does, and a check that of its rule.
    const others = new Set(['request', 'response', 'request-failed', 'check']);
    const types = eventTypes().filter((type) => !others.has(type));
    expect(types.length).toBeGreaterThanOrEqual(8);
    expect(Object.keys(eventSteps).toSorted()).toEqual([...new Set(types)].toSorted());
  });

  it('cover every attack demo, and each is offered', () => {
    const scenarios = [
      ...membersOf('src/connections/sign-in/attack-scenario.ts', 'SignInScenario'),
      'old-refresh-token',
    ].toSorted();
    expect(scenarios).toHaveLength(5);
    expect(SCENARIOS.toSorted()).toEqual(scenarios);
    expect(Object.keys(attackDemos.scenarios).toSorted()).toEqual(scenarios);
  });

  it('have a name and a sentence for every kind of flow', () => {
    const kinds = membersOf('src/trace/event.ts', 'FlowKind').toSorted();
    expect(kinds.length).toBeGreaterThanOrEqual(6);
    expect(Object.keys(inspector.flows.kinds).toSorted()).toEqual(kinds);
    expect(Object.keys(inspector.flows.about).toSorted()).toEqual(kinds);
  });

  it('have a cause and a fix for every reason without a response', () => {
    const source = readFileSync('src/oauth/bounded-fetch.ts', 'utf8');
    const codes = Array.from(source.matchAll(/OAuthError\(\s*'([a-z-]+)'/g), ([, code]) => code ?? '');
    expect(codes.length).toBeGreaterThan(0);
    expect([...codes, 'failed'].filter((code) => reasons[code] === undefined)).toEqual([]);
  });

  it('have a cause and a fix for every error in the specifications', () => {
    const errors = [
      // RFC 6749 §4.1.2.1 and §5.2
      'invalid_request',
      'unauthorized_client',
      'access_denied',
      'unsupported_response_type',
      'invalid_scope',
      'server_error',
      'temporarily_unavailable',
      'invalid_client',
      'invalid_grant',
      'unsupported_grant_type',
      // RFC 6750 §3.1, RFC 7009 §2.2.1, RFC 8707 §2, RFC 9449 §5 and §8, RFC 9470 §3
      'invalid_token',
      'insufficient_scope',
      'unsupported_token_type',
      'invalid_target',
      'invalid_dpop_proof',
      'use_dpop_nonce',
      'insufficient_user_authentication',
      // RFC 7591 §3.2.2
      'invalid_redirect_uri',
      'invalid_client_metadata',
      'invalid_software_statement',
      'unapproved_software_statement',
      // OpenID Connect Core §3.1.2.6
      'interaction_required',
      'login_required',
      'account_selection_required',
      'consent_required',
      'invalid_request_uri',
      'invalid_request_object',
      'request_not_supported',
      'request_uri_not_supported',
      'registration_not_supported',
    ];
    expect(errors.filter((error) => serverErrors[error] === undefined)).toEqual([]);
    expect([400, 401, 403, 404, 429, 500, 503].filter((status) => statuses[status] === undefined)).toEqual([]);
  });

  it('explain every parameter of the authorization request', () => {
    const parameters = authorizationParameters({
      clientId: 'c',
      redirectUri: 'https://app.example/callback',
      scope: ['openid', 'offline_access'],
      state: 's',
      codeChallenge: 'h',
      nonce: 'n',
      resource: 'https://api.example',
      loginHint: 'me',
      authentication: { acrValues: 'strong', maxAge: 0 },
      keyThumbprint: 'k',
    });
    expect([...parameters.keys()].filter((name) => authorizationRequest[name] === undefined)).toEqual([]);
    expect([...parameters.keys()].length).toBeGreaterThan(10);
  });

  it.each([
    ['a token request', tokenRequest, ['grant_type', 'code', 'redirect_uri', 'client_id', 'code_verifier']],
    ['a token response', tokenResponse, ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope']],
    [
      'server metadata (RFC 8414 §2)',
      serverMetadata,
      ['issuer', 'jwks_uri', 'response_types_supported', 'op_policy_uri', 'introspection_endpoint', 'signed_metadata'],
    ],
    [
      'resource metadata (RFC 9728 §2)',
      resourceMetadata,
      ['resource', 'authorization_servers', 'bearer_methods_supported', 'dpop_bound_access_tokens_required'],
    ],
    ['a registration (RFC 7591)', registration, ['client_id', 'client_secret_expires_at', 'software_statement']],
    ['a JWT’s header', tokenHeader, ['alg', 'typ', 'kid', 'jwk']],
    ['a JWT’s claims', claims, ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'cnf.jkt', 'at_hash']],
    ['a proof’s claims (RFC 9449 §4.2)', proofClaims, ['jti', 'htm', 'htu', 'iat', 'ath', 'nonce']],
  ])('explain %s', (_what, meanings, names) => {
    expect(names.filter((name) => meanings[name] === undefined)).toEqual([]);
  });

  it('link every reference to the section it names', () => {
    expect(specLink('RFC 6749 §4.1.3')).toEqual({
      label: 'RFC 6749 §4.1.3',
      href: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3',
    });
    expect(specLink('RFC 7636 §4.5').label).toBe('PKCE, RFC 7636 §4.5');
    expect(specLink('OpenID Connect Core §3.1.3.7').href).toBe(
      'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
    );
    const specs = [...allSpecs, proven.atServer, proven.atResource, proven.bearer];
    expect(specs.length).toBeGreaterThan(40);
    for (const spec of specs) expect(specLink(spec).href).toMatch(/^https:\/\/[\w./-]+#[\w.-]+$/);
  });

  it('are whole sentences without exclamation marks', () => {
    const all = [...Object.values(requestSteps), ...Object.values(eventSteps), ...Object.values(rules)];
    for (const words of all) {
      expect(words?.why).toMatch(/\.$/);
      expect(words?.without).toMatch(/\.$/);
      expect(JSON.stringify(words)).not.toContain('!');
    }
  });
});
