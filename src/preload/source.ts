// Reads the file of a policy.
import { readFileSync } from 'node:fs';
import { SockctlError } from '../errors.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Policy } from '../policy/policy.ts';

/** @throws SockctlError ERR_POLICY the file cannot be read, or has mistakes: all of them */
export function readPolicy(file: string): Policy {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const hint = 'Write one, or name another: SOCKCTL_POLICY=FILE, sockctl run --policy FILE';
    throw new SockctlError('ERR_POLICY', `the policy cannot be read: ${(cause as Error).message}`, { hint }, cause);
  }
  return parsePolicy(text, { file });
}
