// Which policy a command line means: a file, the name of a ready policy of the package, or the usual file.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SockctlError } from '../errors.ts';
import type { Policy } from '../policy/policy.ts';
import { escapeControls } from '../render/escape.ts';
import { closest } from './closest.ts';

const folder = new URL('../../policies/', import.meta.url);

/** The names of the ready policies. */
export function readyPolicies(): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .sort();
  } catch {
    return [];
  }
}

const fileOf = (name: string): string => fileURLToPath(new URL(`${name}.json`, folder));

/** What a ready policy is for: its own first sentence. */
export function aboutPolicy(name: string): string {
  const { comment = '' } = JSON.parse(readFileSync(fileOf(name), 'utf8')) as { comment?: string };
  return comment.replace(/(?<=[.])\s.*$/s, '');
}

/**
 * The file of a policy. A file of the name goes before a ready policy; a folder of the name does not.
 * @throws SockctlError ERR_POLICY where there is neither, with what was probably meant
 */
export function policyPath(named: string): string {
  const ready = readyPolicies();
  const isReady = ready.includes(named);
  if (existsSync(named) && !(isReady && statSync(named).isDirectory())) return named;
  if (isReady) return fileOf(named);
  const meant = named.includes('/') ? undefined : closest(named.replace(/\.json$/, ''), ready);
  const hint = meant ? `Did you mean ${meant}?` : `Ready policies: ${ready.join(', ')}`;
  throw new SockctlError('ERR_POLICY', `there is no policy ${named}: no such file, and no ready policy`, { hint });
}

/** A policy that was read, with the file that it stands in. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly file: string;
  /** As people call it: the file as it was named, or the ready policy's name. */
  readonly name: string;
}

/**
 * Reads the policy that was named, else that of SOCKCTL_POLICY, else ./sockctl.json.
 * @param usage how the verb is told another one, for the error
 * @throws SockctlError ERR_POLICY where there is none, or it has mistakes: all of them
 */
export async function loadPolicy(named: string | undefined, usage: string): Promise<LoadedPolicy> {
  const [{ policyFile, usualFile }, { readPolicy }] = await Promise.all([
    import('../preload/file.ts'),
    import('../preload/source.ts'),
  ]);
  const given = named ?? process.env.SOCKCTL_POLICY;
  const path = given ? policyPath(given) : undefined;
  const file = policyFile(path);
  if (file === undefined) {
    const hint = `Write ./${usualFile}, or name a policy: ${usage}`;
    throw new SockctlError('ERR_POLICY', `there is no ./${usualFile}`, { hint });
  }
  const ready = path !== undefined && path !== given;
  return { policy: readPolicy(file), file, name: ready ? basename(file, '.json') : (given ?? usualFile) };
}

/** A mistake to a line, where `complain` would have all of them in one. Returns the exit code. */
export function policyMistakes(error: unknown): number {
  if (!(error instanceof SockctlError) || error.code !== 'ERR_POLICY') throw error;
  process.stderr.write(`sockctl: ${error.message.split('\n').map(escapeControls).join('\n')}\n`);
  return 2;
}
