// What `sockctl watch` was asked for: its flags, checked.
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Request } from '../command.ts';
import { LONGEST, millisecondsOf } from '../duration.ts';
import { usage } from '../usage.ts';
import { fieldNamed, type WatchField } from './fields.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const LEAST_INTERVAL = 10;

/** `100ms`, `1s`, `2m`; a bare number counts seconds, as it does for other tools. */
function timeOf(request: Request, flag: string, least: number): number | undefined {
  const text = request.value(flag);
  if (text === undefined) return undefined;
  const time = millisecondsOf(text, units, 's');
  if (time === undefined) throw usage(`--${flag} takes a time, got ${text}`, 'Write 100ms, 1s, 5m or 2h');
  if (time < least) throw usage(`--${flag} ${text} is too short: ${least}ms at least`);
  if (time > LONGEST) throw usage(`--${flag} ${text} is too long: 24 days at most`);
  return time;
}

function countOf(request: Request): number | undefined {
  const text = request.value('count');
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw usage(`--count takes a number from 1 on, got ${text}`);
}

/** Said at the start, not after an hour. */
function plotFile(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory())
    throw usage(`--svg takes a file, and ${file} is a directory`, `--svg ${join(file, 'plot.svg')}`);
  try {
    accessSync(there ? file : dirname(file), constants.W_OK);
    return file;
  } catch (error) {
    throw usage(`--svg cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

export interface Asked {
  readonly interval: number;
  readonly count: number | undefined;
  readonly time: number | undefined;
  readonly until: string | undefined;
  readonly fields: readonly WatchField[] | undefined;
  readonly svg: string | undefined;
  readonly form: 'json' | 'csv' | 'text';
}

/** @throws SockctlError ERR_USAGE */
export function readAsked(request: Request): Asked {
  if (request.has('json') && request.has('csv')) throw usage('--json and --csv exclude each other');
  const words = request
    .value('fields')
    ?.split(',')
    .map((word) => word.trim());
  if (words?.includes(''))
    throw usage(`--fields has an empty word in ${request.value('fields')}`, '--fields rtt,sending');
  return {
    interval: timeOf(request, 'interval', LEAST_INTERVAL) ?? 1000,
    count: countOf(request),
    time: timeOf(request, 'for', 1),
    until: request.value('until'),
    fields: words?.map(fieldNamed),
    svg: plotFile(request.value('svg')),
    form: request.has('json') ? 'json' : request.has('csv') ? 'csv' : 'text',
  };
}
