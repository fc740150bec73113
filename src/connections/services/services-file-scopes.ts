import { omitUndefined } from '#lib/omit-undefined.ts';
import { SCOPE_TOKEN } from '#lib/scope.ts';

import type { JsonNode } from './json-with-lines.ts';
import type { Permission } from './service.ts';
import { elementsOf, boolean, singleLine, pattern, membersOf, type MemberReports } from './services-file-fields.ts';

const MAX_SCOPES = 100;

/**
 * Reads the `scopes` of one service. Returns its permissions, and the scopes to request at the first connection: those
 * the deployer set as `first`, or all of them if none is (AUTH-7).
 */
export function readPermissions(
  node: JsonNode | undefined,
  reports: MemberReports,
): { all: readonly Permission[]; firstScopes: readonly string[] } {
  const entries = elementsOf(node, reports.mistake).map((entry) => readPermission(entry, reports));
  const given = entries.filter((entry) => entry !== undefined);
  const all = given.map(({ permission }) => permission);
  const scopesOf = (permissions: readonly Permission[]): string[] => [
    ...new Set(permissions.flatMap(({ scopes }) => scopes)),
  ];
  const firsts = given.filter(({ isFirst }) => isFirst).map(({ permission }) => permission);
  if (node && (entries.length > MAX_SCOPES || all.flatMap(({ scopes }) => scopes).length > MAX_SCOPES)) {
    reports.mistake(node, `A service can have at most ${MAX_SCOPES} scopes.`);
  }
  if (node && new Set(all.map(({ label }) => label)).size < all.length) {
    reports.mistake(node, 'Two scopes have the same label.');
  }
  return { all, firstScopes: scopesOf(firsts.length > 0 ? firsts : all) };
}

function readPermission(
  node: JsonNode,
  reports: MemberReports,
): { permission: Permission; isFirst: boolean } | undefined {
  const { mistake } = reports;
  const members = membersOf(node, ['scope', 'label', 'detail', 'first'], reports);
  if (!members) return undefined;
  const isFirst = boolean(members.first, mistake) ?? false;
  const detail = singleLine(members.detail, 200, mistake);
  const label = singleLine(members.label, 80, mistake);
  const several = members.scope && Array.isArray(members.scope.value) ? elementsOf(members.scope, mistake) : undefined;
  const message = 'This must be one scope without spaces, or a list: ["a", "b"].';
  const scopes = (several ?? (members.scope ? [members.scope] : [])).flatMap(
    (each) => pattern(each, SCOPE_TOKEN, message, mistake) ?? [],
  );
  if (!members.scope) mistake(node, 'The entry has no "scope".');
  if (several?.length === 0) mistake(members.scope ?? node, 'The list of scopes is empty.');
  if (!members.label) mistake(node, 'The entry has no "label".');
  if (label === undefined) return undefined;
  return { permission: omitUndefined({ scopes, label, detail }), isFirst };
}
