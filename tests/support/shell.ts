import { execFileSync } from 'node:child_process';

/** Returns what a real shell passes to curl, which is replaced by a function. `environment` is what the user has set before. */
export function curlArguments(command: string, environment: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}\n`;
  const output = execFileSync('/bin/sh', ['-s'], {
    input: script,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return output.split('\0').slice(0, -1);
}
