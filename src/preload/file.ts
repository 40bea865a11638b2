// Which file holds the policy: SOCKCTL_POLICY, or ./sockctl.json.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The name that is looked for where none is given. */
export const usualFile = 'sockctl.json';

/**
 * The file that holds the policy.
 * @param named what the user gave: a path, from the current folder; nothing, or an empty text, is the usual file
 * @returns an absolute path; undefined where none was given and the usual file is not there
 */
export function policyFile(named: string | undefined): string | undefined {
  if (named) return resolve(named);
  const usual = resolve(usualFile);
  return existsSync(usual) ? usual : undefined;
}
