/** Searches files of all kinds for features that some of the oldest browsers lack. Pure: sources in, findings out. */
import { markupFeatures } from './markup-features.mjs';
import { ownNames } from './own-names.mjs';
import { platformOf } from './platform.mjs';
import { scanMarkup } from './scan-markup.mjs';
import { parseScript, scanScript } from './scan-script.mjs';
import { scanStyle } from './scan-style.mjs';
import { scriptFeatures } from './script-features.mjs';
import { styleFeatures } from './style-features.mjs';

/**
 * @typedef {import('./verdict.mjs').Finding} Finding
 * @typedef {{ file: string, source: string }} SourceFile
 */

/**
 * @param {SourceFile[]} files scripts, style sheets and pages of one program
 * @param {import('./platform.mjs').CompatData} data
 * @param {Record<import('./oldest.mjs').BrowserName, string>} oldest
 * @returns {Finding[]} in the order of the files
 * @throws {Error} if a file cannot be parsed; the message names it
 */
export function inspect(files, data, oldest) {
  const platform = platformOf(data, oldest);
  const features = {
    script: scriptFeatures(platform),
    style: styleFeatures(platform),
    markup: markupFeatures(platform),
  };
  const scripts = new Map(
    files
      .filter(({ file }) => /\.(tsx?|js)$/.test(file))
      .map(({ file, source }) => [file, naming(file, () => parseScript(file, source))]),
  );
  const own = ownNames([...scripts.values()].map(({ program }) => program));
  return files.flatMap(({ file, source }) => {
    const script = scripts.get(file);
    const uses = naming(file, () => {
      if (script) return scanScript(script, features, own);
      return file.endsWith('.css') ? scanStyle(source, features.style) : scanMarkup(source, features.markup);
    });
    const positionOf = positionsIn(source);
    return uses.map(({ missing, offset }) => ({ missing, file, ...positionOf(offset) }));
  });
}

/**
 * @template T
 * @param {string} file
 * @param {() => T} work
 * @returns {T}
 */
function naming(file, work) {
  try {
    return work();
  } catch (cause) {
    throw new Error(`${file} cannot be parsed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** @type {(source: string) => (offset: number) => { line: number, column: number }} both count from 1 */
function positionsIn(source) {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
