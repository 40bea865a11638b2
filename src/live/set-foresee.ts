// What a set would do to a live socket, as far as that is known without doing it.
import { absent, foresee, type Report, Target } from '../apply.ts';
import { holds } from '../kernel/capabilities.ts';
import { errnoName } from '../kernel/errno.ts';
import { type AnyOption, unsupported } from '../option.ts';
import { judge, type Outcome } from '../outcome.ts';
import type { Setting } from '../settings.ts';
import { readBytes } from '../typed.ts';
import { isLocked } from './changed.ts';

/** What became of one option of a live socket; `would-set`: nothing was, for it was only asked what would be. */
export interface LiveReport extends Omit<Report, 'outcome'> {
  readonly outcome: Outcome | 'would-set';
}

/** What a set needs and this process lacks; `sure` where it is needed for every value. */
function lacking({ declaration: { needs } }: AnyOption): { sure: boolean; why: string } | undefined {
  const [, first, second, condition] = /^(CAP_\w+)(?: or (CAP_\w+))?(.*)$/.exec(needs ?? '') ?? [];
  const wanted = [first, second].filter((name) => name !== undefined);
  if (wanted.length === 0 || wanted.some((name) => holds(name) !== false)) return undefined;
  const sure = condition === '';
  return { sure, why: `${sure ? 'it needs' : 'it may be refused: it needs'} ${needs}, which this process lacks` };
}

/** The report of a set that is not made. */
export function foreseen(fd: number, setting: Setting): LiveReport {
  const { option, bytes } = setting;
  const { before, known, late, missed } = foresee(new Target(fd), setting);
  if (missed) return missed;
  if (option.number < 0 || option.access === 'none') {
    const { code, message } = unsupported(option);
    return { ...known, outcome: 'unsupported', why: message, code };
  }
  const failed = before === undefined && option.access === 'rw' ? readFailure(fd, option) : undefined;
  if (failed !== undefined) {
    return { ...known, outcome: 'unsupported', why: 'this socket does not have it', code: failed };
  }
  const same = before && judge(option, { asked: bytes, before, after: before }).outcome === 'unchanged';
  // A size that is set to what it is already is one that the kernel may not change any more.
  if (same && isLocked(fd, option)) return { ...known, outcome: 'unchanged' };
  const lack = lacking(option);
  if (lack?.sure) return { ...known, outcome: 'refused', why: lack.why, code: 'EPERM' };
  const why = [
    same && 'the size stays, and its autotuning is turned off',
    lack?.why,
    late && `set late: ${option.declaration.late}`,
  ]
    .filter(Boolean)
    .join('; ');
  return { ...known, outcome: 'would-set', ...(why && { why }) };
}

/** The errno's name of a read that tells that the socket does not have the option. */
function readFailure(fd: number, option: AnyOption): string | undefined {
  if (option.declaration.query || option.declaration.sideEffect) return undefined;
  const result = readBytes(fd, option);
  const code = typeof result === 'number' ? errnoName(-result) : undefined;
  return code !== undefined && absent.has(code) ? code : undefined;
}
