/** The part of Trusted Types used here; TypeScript's DOM library does not include them yet. */
interface TrustedTypePolicy {
  createScriptURL(url: string): string;
}

// oxlint-disable-next-line no-var -- only `var` declares a property of globalThis
declare var trustedTypes:
  { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): TrustedTypePolicy } | undefined;
