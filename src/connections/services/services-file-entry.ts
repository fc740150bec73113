import { omitUndefined } from '#lib/omit-undefined.ts';

import type { JsonNode } from './json-with-lines.ts';
import type { Service, ServiceEndpoints } from './service.ts';
import {
  urlField,
  singleLine,
  pattern,
  membersOf,
  secretsIn,
  type UrlRules,
  type MemberReports,
  type Report,
  type ServicesProblem,
} from './services-file-fields.ts';
import { readPermissions } from './services-file-scopes.ts';

/** The app's location, and whether http to this machine is allowed. */
export interface ServicesFileOptions {
  /** The folder the app is served from, with a trailing slash. */
  appUrl: string;
  allowLoopbackHttp: boolean;
}

const MEMBERS = [
  'id',
  'name',
  'resource',
  'issuer',
  'api',
  'endpoints',
  'clientId',
  'pkce',
  'scopes',
  'place',
  'icon',
  'limits',
  'accessUrl',
] as const;
const NEEDED_ENDPOINTS = ['authorization_endpoint', 'token_endpoint'] as const;
const OTHER_ENDPOINTS = [
  'revocation_endpoint',
  'userinfo_endpoint',
  'registration_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const;

const ID = /^(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** RFC 6749 appendix A.1. */
const CLIENT_ID = /^[\x20-\x7e]{1,2048}$/;
const MAX_CHARACTERS = 1_000_000;

/**
 * Reads one entry of `services`. Any mistake rejects the service, because its meaning is unclear; an unknown member is
 * only reported. Client secrets are not reported here: the whole file is searched for them separately.
 */
export function readConfiguredService(
  node: JsonNode,
  options: ServicesFileOptions,
): { service?: Service; problems: ServicesProblem[] } {
  const problems: ServicesProblem[] = [];
  let isUsable = secretsIn(node).length === 0;
  const unknown: Report = ({ line, path }, message) => {
    problems.push({ line, field: path, message });
  };
  const mistake: Report = (at, message) => {
    isUsable = false;
    unknown(at, message);
  };
  const service = readService(node, options, { unknown, mistake });
  return isUsable && service ? { service, problems } : { problems };
}

function readService(node: JsonNode, options: ServicesFileOptions, reports: MemberReports): Service | undefined {
  const members = membersOf(node, MEMBERS, reports);
  if (!members) return undefined;
  const { mistake } = reports;
  const { allowLoopbackHttp } = options;
  const base: UrlRules = { base: true, allowLoopbackHttp };
  const id = pattern(
    members.id,
    ID,
    'This must be lowercase letters and digits with single hyphens between, 64 at most.',
    mistake,
  );
  const name = singleLine(members.name, 48, mistake);
  const resource = urlField(members.resource, { allowLoopbackHttp }, mistake);
  const issuer = urlField(members.issuer, base, mistake);
  const api = urlField(members.api, base, mistake);
  const endpoints = members.endpoints && readEndpoints(members.endpoints, allowLoopbackHttp, reports);
  const clientId = pattern(members.clientId, CLIENT_ID, 'This must be a client ID: plain ASCII characters.', mistake);
  const pkce = pattern(members.pkce, /^S256$/, 'This must be "S256", the only method the app uses.', mistake);
  const permissions = readPermissions(members.scopes, reports);
  const location = singleLine(members.place, 80, mistake);
  const icon = members.icon && readIcon(members.icon, options.appUrl, mistake);
  const limits = members.limits && readLimits(members.limits, reports);
  const accessUrl = urlField(members.accessUrl, { allowLoopbackHttp }, mistake);

  if (id === 'birdsong') mistake(members.id ?? node, 'The demo network has this id. Choose another.');
  if (!members.id) mistake(node, 'The service has no "id".');
  if (!members.name) mistake(node, 'The service has no "name".');
  if (!members.resource && !members.issuer) mistake(node, 'The service needs a "resource" or an "issuer".');
  if (members.api && members.resource)
    mistake(members.api, 'A service with a "resource" can’t have an "api": calls go to the resource.');
  if (members.endpoints && !members.issuer) mistake(members.endpoints, 'Endpoints need their "issuer".');

  if (members.clientId && !members.issuer) {
    mistake(members.clientId, 'A client ID needs the "issuer" that issued it: it is sent to no other server.');
  }

  const target = resource ?? api ?? issuer;
  if (id === undefined || name === undefined || target === undefined) return undefined;
  return omitUndefined({
    id,
    name,
    resource: target,
    kind: resource === undefined ? 'server' : undefined,
    issuer,
    clientId,
    pkce: pkce === undefined ? undefined : 'S256',
    endpoints,
    firstScopes: permissions.firstScopes,
    permissions: permissions.all,
    place: location ?? new URL(target).host,
    accessUrl,
    icon,
    limits,
  });
}

function readEndpoints(
  node: JsonNode,
  allowLoopbackHttp: boolean,
  reports: MemberReports,
): ServiceEndpoints | undefined {
  const members = membersOf(node, [...NEEDED_ENDPOINTS, ...OTHER_ENDPOINTS], reports);
  if (!members) return undefined;
  const read = (name: keyof ServiceEndpoints): string | undefined =>
    urlField(members[name], { allowLoopbackHttp }, reports.mistake);
  for (const name of NEEDED_ENDPOINTS)
    if (!members[name]) reports.mistake(node, `"${name}" is missing from the endpoints.`);
  const [authorization_endpoint, token_endpoint] = [read('authorization_endpoint'), read('token_endpoint')];
  const others = OTHER_ENDPOINTS.flatMap((name) => {
    const url = read(name);
    return url === undefined ? [] : [[name, url] as const];
  });
  if (authorization_endpoint === undefined || token_endpoint === undefined) return undefined;
  return { authorization_endpoint, token_endpoint, ...Object.fromEntries(others) };
}

/**
 * Accepts only images below the app's own URL: the CSP allows images from this origin only (PAGE-1), and the rest of
 * the origin may belong to another application.
 */
function readIcon(node: JsonNode, appUrl: string, mistake: Report): string | undefined {
  const { value } = node;
  if (typeof value === 'string' && value.length <= 2048 && URL.canParse(value, appUrl)) {
    const { href } = new URL(value, appUrl);
    if (href.startsWith(appUrl) && href !== appUrl) return href;
  }
  mistake(node, 'This must be the address of an image served with the app, such as "./notices.svg".');
  return undefined;
}

function readLimits(node: JsonNode, reports: MemberReports): { characters: number } | undefined {
  const members = membersOf(node, ['characters'], reports);
  if (!members) return undefined;
  const characters = members.characters?.value;
  if (
    typeof characters === 'number' &&
    Number.isInteger(characters) &&
    characters >= 1 &&
    characters <= MAX_CHARACTERS
  ) {
    return { characters };
  }
  const message = `"characters" must be a whole number from 1 to ${MAX_CHARACTERS}.`;
  reports.mistake(members.characters ?? node, message);
  return undefined;
}
