// The capabilities of this process: what it may do that is not everybody's.
import { readFileSync } from 'node:fs';

// <linux/capability.h>
const numbers: Readonly<Record<string, bigint>> = {
  CAP_DAC_OVERRIDE: 1n,
  CAP_DAC_READ_SEARCH: 2n,
  CAP_NET_ADMIN: 12n,
  CAP_NET_RAW: 13n,
  CAP_SYS_PTRACE: 19n,
};

/** Whether this process has it in effect; undefined where the system does not tell, or it is none of the known. */
export function holds(capability: string): boolean | undefined {
  const number = numbers[capability];
  if (number === undefined) return undefined;
  try {
    const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/thread-self/status', 'utf8'))?.[1];
    return mask === undefined ? undefined : ((BigInt(`0x${mask}`) >> number) & 1n) === 1n;
  } catch {
    return undefined;
  }
}
