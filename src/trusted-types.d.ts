/** Trusted Types are not in TypeScript's DOM library yet: the part that is used here. */
interface TrustedTypePolicy {
  createScriptURL(url: string): string;
}

// oxlint-disable-next-line no-var -- only `var` declares a property of globalThis
declare var trustedTypes:
  { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): TrustedTypePolicy } | undefined;
