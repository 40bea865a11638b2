// The course of `check`: read the policy, look, ask and mend where that is wanted, report.
import { readFileSync, writeFileSync } from 'node:fs';
import { type CheckedSocket, check, mend } from '../../live/check.ts';
import type { SocketsOptions } from '../../live/query.ts';
import type { Blindness } from '../../live/sockets.ts';
import { findSockets, parseTarget } from '../../live/target.ts';
import { escapeControls } from '../../render/escape.ts';
import { table } from '../../render/table.ts';
import type { Request } from '../command.ts';
import { flow, print, width } from '../output.ts';
import { aboutPolicy, type LoadedPolicy, loadPolicy, policyMistakes, readyPolicies } from '../policy-file.ts';
import { document } from '../render/json.ts';
import { selectionOf } from '../select.ts';
import { mayTouch } from '../set/ask.ts';
import { usage } from '../usage.ts';
import { type CheckedData, dataOf, type Findings, hasFailed, isClean } from './data.ts';
import { checkText } from './text.ts';

const formats = ['json', 'junit', 'sarif'] as const;
type Format = 'text' | (typeof formats)[number];

function formatOf({ has }: Request): Format {
  const given = formats.filter((format) => has(format));
  if (given.length > 1) throw usage(`--${given.join(' and --')} exclude each other`, 'One report a run');
  return given[0] ?? 'text';
}

/** What is to be said of a socket; the clean ones only where all are wanted. */
function isTold({ violations, mended, compromises, unjudged, unseen }: CheckedData): boolean {
  const open = unjudged.some(({ reason }) => reason !== 'absent');
  return open || unseen !== null || [violations, mended, compromises].some((list) => list.length > 0);
}

interface Looked {
  readonly results: (CheckedData | CheckedSocket)[];
  readonly checked: number;
  readonly blindness: readonly string[];
  readonly incomplete: boolean;
}

/**
 * Whether sockets of processes that were asked for may be missing. Where none are asked for, a socket comes without its
 * process too, and counts as one that could not be looked at.
 */
function isIncomplete(blindness: readonly Blindness[], { pid, process }: SocketsOptions, byName: boolean): boolean {
  return blindness.some(({ kind }) => {
    if (kind === 'processes') return byName || pid !== undefined || process !== undefined;
    return kind === 'hidden' && (byName || process !== undefined);
  });
}

/** Looks at every socket; those that will be mended are kept as they are. */
async function look(request: Request, { policy }: LoadedPolicy, all: boolean, keep: boolean): Promise<Looked> {
  const target = request.words[1];
  const selection = await selectionOf(request);
  let unseen: readonly Blindness[] = [];
  const tell = (blindness: readonly Blindness[]): void => {
    unseen = blindness;
  };
  const list =
    target === undefined
      ? check(policy, selection)
      : check(policy, { sockets: await findSockets(target, selection, tell) });
  const results: Looked['results'] = [];
  let checked = 0;
  for await (const one of list) {
    checked++;
    if (keep && one.violations.some(({ fix }) => fix === 'live')) {
      results.push(one);
      continue;
    }
    const data = dataOf(one);
    if (all || isTold(data)) results.push(data);
  }
  const blindness = target === undefined ? list.blindness : unseen;
  const byName = target !== undefined && parseTarget(target).kind === 'name';
  return {
    results,
    checked,
    blindness: blindness.map(({ message }) => message),
    incomplete: isIncomplete(blindness, selection, byName),
  };
}

const isKept = (one: CheckedData | CheckedSocket): one is CheckedSocket => 'socket' in one;

/** Whether those that can be mended may be. */
async function mayMend(kept: readonly CheckedSocket[], request: Request): Promise<boolean> {
  if (kept.length === 0 || request.has('dry-run')) return false;
  if (kept.length === 1 || request.has('yes')) return true;
  const live = kept.flatMap(({ violations }) => violations.filter(({ fix }) => fix === 'live'));
  const names = [...new Set(live.map(({ option }) => option))];
  if (
    await mayTouch(
      kept.map(({ socket }) => socket),
      names,
    )
  )
    return true;
  process.stderr.write('Nothing was set.\n');
  return false;
}

async function findingsOf(request: Request, loaded: LoadedPolicy, format: Format): Promise<Findings> {
  const all = request.has('all') || format === 'junit';
  const { results, checked, blindness, incomplete } = await look(request, loaded, all, request.has('fix'));
  const may = await mayMend(results.filter(isKept), request);
  // Those that were closed meanwhile have nothing to say any more.
  const told = results.flatMap((one): CheckedData[] => {
    if (!isKept(one)) return [one];
    const mended = may ? mend(one) : one;
    return mended === undefined ? [] : [dataOf(mended)];
  });
  const gone = results.length - told.length;
  const sockets = told.sort((a, b) => (a.pid ?? Infinity) - (b.pid ?? Infinity) || (a.fd ?? 0) - (b.fd ?? 0));
  const bad = sockets.filter((one) => !isClean(one)).length;
  return {
    policy: loaded.name,
    file: loaded.file,
    dryRun: request.has('dry-run'),
    checked: checked - gone,
    clean: checked - gone - bad,
    sockets,
    blindness,
    incomplete,
  };
}

async function reportOf(found: Findings, format: Format): Promise<string> {
  switch (format) {
    case 'json':
      return document(found);
    case 'junit':
      return (await import('../reports/junit.ts')).junit(found);
    case 'sarif': {
      const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
      const { version } = JSON.parse(manifest) as { version: string };
      return (await import('../reports/sarif.ts')).sarif(found, version);
    }
    case 'text':
      return checkText(found, width());
  }
}

/** @throws Error with Node's code where the file cannot be written */
function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw Object.assign(new Error(`the report cannot be written: ${message}`, { cause }), { code });
  }
}

async function listPolicies(request: Request): Promise<number> {
  const policies = readyPolicies().map((name) => ({ name, about: aboutPolicy(name) }));
  if (request.has('json')) print(document(policies));
  else {
    const rows = policies.map(({ name, about }) => [name, about]);
    print(table([{ title: 'POLICY' }, { title: 'WHAT IT IS FOR' }], rows, { width: width() }));
  }
  return 0;
}

export async function runCheck(request: Request): Promise<number> {
  const { has, value, words } = request;
  const format = formatOf(request);
  if (has('policies')) return await listPolicies(request);
  if (has('dry-run') && !has('fix')) {
    throw usage('--dry-run goes with --fix', 'Without --fix a check sets nothing');
  }
  let loaded: LoadedPolicy;
  try {
    loaded = await loadPolicy(words[0], 'sockctl check POLICY [TARGET]');
  } catch (error) {
    if (has('json')) throw error;
    return policyMistakes(error);
  }
  const file = value('output');
  // Before anything is set that the report shall tell of.
  if (file !== undefined) save(file, '');
  const found = await findingsOf(request, loaded, format);
  // The others have it in the report.
  const apart = format === 'text' || format === 'junit';
  for (const message of apart ? found.blindness : []) process.stderr.write(`sockctl: ${escapeControls(message)}\n`);
  const report = await reportOf(found, format);
  if (file === undefined) await flow(report);
  else {
    save(file, report);
    // Whoever looks at the log of a CI sees it too.
    if (format !== 'text') print(checkText(found, width()));
  }
  return hasFailed(found) ? 1 : 0;
}
