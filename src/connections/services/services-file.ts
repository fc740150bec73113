import { parseJsonLines, type JsonNode } from './json-with-lines.ts';
import type { Service } from './service.ts';
import { readConfiguredService, type ServicesFileOptions } from './services-file-entry.ts';
import {
  elementsOf,
  boolean,
  membersOf,
  secretsIn,
  type Report,
  type ServicesProblem,
} from './services-file-fields.ts';

export type { ServicesProblem };

/** The usable contents of `services.json`. */
export interface ServicesFile {
  /** The services without mistakes, in the file's order. */
  services: Service[];
  offersBirdsong: boolean;
  /** Whether users may add services of their own. */
  offersAddService: boolean;
  /** Ordered by line. */
  problems: ServicesProblem[];
}

const MAX_BYTES = 256 * 1024;
const MAX_SERVICES = 100;
const SECRET =
  'Client secrets don’t belong here, and a service with one is ignored: anyone who opens the app can read this file. ' +
  'A browser app can’t have a secret; register it as a public client.';

/**
 * Reads `services.json`, in which a deployer lists services without a rebuild (M-2, M-12, M-18). Never throws: each
 * mistake is reported with its line, and everything it does not affect still works. A file that can't be parsed gives
 * the defaults of a missing file: no services, with Birdsong and "Add a service" offered.
 */
export function readServicesFile(text: string, options: ServicesFileOptions): ServicesFile {
  const file: ServicesFile = { services: [], offersBirdsong: true, offersAddService: true, problems: [] };
  const report = ({ line, path }: Pick<JsonNode, 'line' | 'path'>, message: string): void => {
    file.problems.push({ line, field: path, message });
  };
  const whole = { line: 1, path: '' };
  if (new TextEncoder().encode(text).length > MAX_BYTES) {
    report(whole, `The file is larger than ${MAX_BYTES / 1024} KiB and was not read.`);
    return file;
  }
  const parsed = parseJsonLines(text);
  if (parsed.kind === 'unreadable') {
    report({ ...whole, line: parsed.line }, parsed.message);
    return file;
  }
  const known = ['$schema', 'birdsong', 'addService', 'services'] as const;
  const members = membersOf(parsed.root, known, { unknown: report, mistake: report });
  for (const secret of secretsIn(parsed.root)) report(secret, SECRET);
  if (members?.$schema && typeof members.$schema.value !== 'string') report(members.$schema, 'This must be a string.');
  file.offersBirdsong = boolean(members?.birdsong, report) ?? true;
  file.offersAddService = boolean(members?.addService, report) ?? true;
  file.services = readServices(members?.services, options, file.problems, report);
  file.problems = file.problems.toSorted((one, other) => one.line - other.line);
  return file;
}

function readServices(
  node: JsonNode | undefined,
  options: ServicesFileOptions,
  problems: ServicesProblem[],
  report: Report,
): Service[] {
  const services: Service[] = [];
  const taken = new Map<string, number>();
  const entries = elementsOf(node, report);
  const tooMany = entries[MAX_SERVICES];
  if (tooMany)
    report(tooMany, `The file can have at most ${MAX_SERVICES} services; this one and the rest are ignored.`);
  for (const entry of entries.slice(0, MAX_SERVICES)) {
    const read = readConfiguredService(entry, options);
    problems.push(...read.problems);
    if (!read.service) continue;
    const { id } = read.service;
    const earlier = taken.get(id);
    // Connections are stored by service id: two services with the same id would share their tokens (M-14).
    if (earlier !== undefined) report(entry, `The service on line ${earlier} has the same id; this one is ignored.`);
    else if (contradicts(read.service, services)) {
      report(entry, 'An earlier service has different endpoints for the same issuer; this one is ignored.');
    } else services.push(read.service);
    taken.set(id, earlier ?? entry.line);
  }
  return services;
}

/**
 * DISC-14: an issuer has only one configuration, so a second token endpoint can't impersonate its own (RFC 9207 §4).
 */
function contradicts({ issuer, endpoints }: Service, earlier: readonly Service[]): boolean {
  return earlier.some(
    (one) =>
      issuer !== undefined && one.issuer === issuer && JSON.stringify(one.endpoints) !== JSON.stringify(endpoints),
  );
}
