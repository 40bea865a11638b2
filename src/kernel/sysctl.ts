// Kernel parameters by their sysctl name, read from /proc/sys.
import { readFileSync } from 'node:fs';

/**
 * The value of a sysctl of this network namespace (`net.core.rmem_max`), or undefined where the
 * system has none of that name or does not let it be read.
 */
export function readSysctl(name: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8')
      .trim()
      .replaceAll('\t', ' ');
  } catch {
    return undefined;
  }
}
