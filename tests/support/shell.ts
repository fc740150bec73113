import { execFileSync } from 'node:child_process';

/** What a real shell hands to curl: a function stands in its place. `environment` is what the person has set beforehand. */
export function curlArguments(command: string, environment: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}\n`;
  const output = execFileSync('/bin/sh', ['-s'], {
    input: script,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return output.split('\0').slice(0, -1);
}
