/** The results of checking a deployed site. Pure. */

/**
 * @typedef {{ grade: 'ok' | 'weak' | 'FAULT', what: string, says: string }} Finding weak: it works but protects less than it
 *   could, possibly because the host does not support more
 */

/** @type {(what: string, says: string) => Finding} */
export const ok = (what, says) => ({ grade: 'ok', what, says });

/** @type {(what: string, says: string) => Finding} */
export const weak = (what, says) => ({ grade: 'weak', what, says });

/** @type {(what: string, says: string) => Finding} */
export const fault = (what, says) => ({ grade: 'FAULT', what, says });

/**
 * Formats the findings and the number of each grade for a terminal.
 * @param {Finding[]} findings
 * @returns {string}
 */
export function findingTable(findings) {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ grade, what, says }) => `${grade.padEnd(5)}  ${what.padEnd(width)}  ${says}`);
  const count = (/** @type {Finding['grade']} */ grade) => findings.filter((one) => one.grade === grade).length;
  return [...lines, '', `${count('ok')} ok, ${count('weak')} weak, ${count('FAULT')} faults`, ''].join('\n');
}
