import { resourceConsole } from '#messages/en/console.ts';
import { formatNumber } from '#messages/format.ts';

const KILO = 1024;

/** Formats a size in bytes in one unit: "312 bytes", "1.2 KB". */
export function byteCount(bytes: number): string {
  const tenths = (value: number): string => formatNumber(Math.round(value * 10) / 10);
  if (bytes < KILO) return resourceConsole.bytes(formatNumber(bytes));
  if (bytes < KILO * KILO) return resourceConsole.kilobytes(tenths(bytes / KILO));
  return resourceConsole.megabytes(tenths(bytes / KILO / KILO));
}
