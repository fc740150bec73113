import type { Service, ServiceEndpoints } from '#connections/services/service.ts';

/** The service that the bench page connects to: a configured server, with or without endpoints. */
export const benchService: Service = {
  id: 'bench',
  name: 'Bench',
  kind: 'server',
  issuer: BENCH_SETTINGS.issuer,
  clientId: BENCH_SETTINGS.clientId,
  resource: BENCH_SETTINGS.api,
  firstScopes: BENCH_SETTINGS.scope,
  permissions: [],
  place: 'on this machine',
  ...(BENCH_SETTINGS.endpoints && { endpoints: namingItself(BENCH_SETTINGS.endpoints) }),
};

/** oidc-provider sends iss in its responses (RFC 9207), which a server without metadata cannot announce. */
function namingItself(endpoints: ServiceEndpoints): ServiceEndpoints {
  const described = { ...endpoints, authorization_response_iss_parameter_supported: true };
  return described;
}
