import type { Service, ServiceEndpoints } from '#connections/services/service.ts';

/** The service that the bench page connects to: a server that was named beforehand, with its addresses or without. */
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

/** oidc-provider names itself in its answers (RFC 9207), which a server without a description can't say beforehand. */
function namingItself(endpoints: ServiceEndpoints): ServiceEndpoints {
  const described = { ...endpoints, authorization_response_iss_parameter_supported: true };
  return described;
}
