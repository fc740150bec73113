import { resourceConsole } from '#messages/en/console.ts';

import type { HeaderProblem } from './header-lines.ts';

const text = resourceConsole.problems;

/** Returns why a path is rejected, and what helps. */
export function pathProblemText(path: string, resource: string): string {
  return /^\/[^/\\]/.test(path.trim()) ? text.pathWithSlash(resource) : text.path(resource);
}

/** Returns why a header line is rejected. */
export function headerProblemText(problem: HeaderProblem): string {
  return problem.kind === 'no-colon'
    ? text.header['no-colon'](problem.line)
    : text.header[problem.kind](problem.line, problem.name);
}
