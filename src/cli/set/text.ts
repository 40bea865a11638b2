// What `set` prints: the sockets with their options, how to undo it, and what was set back.
import type { RevertResult, SetResult } from '../../live/set.ts';
import type { UndoStep } from '../../live/set-undo.ts';
import { bold, dim, red } from '../../render/colours.ts';
import { escapeControls, shellWord } from '../../render/escape.ts';
import { hanging } from '../../render/wrap.ts';
import { width } from '../output.ts';
import { factsOf, headline } from '../reading.ts';
import { reportData, reportTable, reportWidths } from '../render/reports.ts';
import { besideOf, nameOfSocket } from '../subject.ts';

type Socket = SetResult['socket'];

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
const line = (mark: string, text: string): string => `${hanging(mark, escapeControls(text), width())}\n`;
const reading = (socket: Socket) => ({ target: nameOfSocket(socket), socket, result: undefined, failure: undefined });

const isSecret = ({ option }: UndoStep): boolean => option.declaration.secret === true;

/** The command that gives a socket its old values back; undefined where there is none to give. */
export function undoLine({ socket, undo }: SetResult): string | undefined {
  const steps = undo.filter((step) => !isSecret(step));
  if (steps.length === 0) return undefined;
  const words = besideOf(socket, () => steps.map(({ by, value }) => `${by.name}=${by.input.format(value as never)}`));
  // A descriptor's number may be another socket's by the time that the line is used.
  const only = socket.inode === 0 ? [] : ['--inode', String(socket.inode)];
  return ['sockctl', 'set', nameOfSocket(socket), ...only, ...words].map(shellWord).join(' ');
}

/** What the command does not bring back, and why. */
function lastingOf({ undo, lasting }: SetResult): { name: string; why: string }[] {
  const secrets = undo.filter(isSecret).map(({ option: { name } }) => ({ name, why: 'its old value is a secret' }));
  return [...lasting, ...secrets];
}

function block(result: SetResult, widths: readonly number[]): string {
  const title = bold(hanging('', escapeControls(headline(reading(result.socket))), width()));
  const { error, reports } = result;
  if (error) return `${title}\n${red(hanging('  ', escapeControls(`${error.code}: ${error.message}`), width()))}\n`;
  return `${title}\n${reportTable(reports, { width: width(), widths })}`;
}

/** Each socket with what became of its options. */
export function resultText(results: readonly SetResult[]): string {
  const widths = reportWidths(
    results.flatMap(({ reports }) => reports),
    width(),
  );
  return results.map((result) => block(result, widths)).join('\n');
}

/** What has none of the options, or nobody any more. */
export function leftOutText(leftOut: number, names: readonly string[]): string {
  if (leftOut === 0) return '';
  const where = names.length === 1 ? 'it does' : 'they do';
  const text = `Left out: ${count(leftOut, 'socket')} without ${names.join(' and ')}, or where ${where} nothing.`;
  return `\n${dim(hanging('', text, width()))}\n`;
}

/** The commands that undo it, on lines of their own, never wrapped. */
export function undoText(results: readonly SetResult[]): string {
  const lines = results.flatMap((result) => undoLine(result) ?? []);
  const lasting = results.flatMap((result) =>
    lastingOf(result).map(({ name, why }) => line('  ', `${name} of ${nameOfSocket(result.socket)}: ${why}`)),
  );
  const undo = lines.length > 0 ? `\n${bold('To undo')}\n${lines.map((text) => `  ${text}\n`).join('')}` : '';
  return `${undo}${lasting.length > 0 ? `\n${bold('Cannot be undone')}\n${lasting.join('')}` : ''}`;
}

/** A socket's result for programs. */
export function resultData(result: SetResult): object {
  const { socket, error, reports } = result;
  return {
    ...factsOf(reading(socket)),
    options: reports.map(reportData),
    error: error ? { code: error.code, message: error.message } : null,
    undo: undoLine(result) ?? null,
    lasting: lastingOf(result),
  };
}

/** How many options have their old values again, and one line for each that has not. */
export function revertText(reverted: readonly RevertResult[]): string {
  const options = reverted.flatMap((one) => one.options.map((option) => ({ ...option, socket: one.socket })));
  const back = options.filter(({ outcome }) => outcome === 'restored');
  const sockets = new Set(back.map(({ socket }) => socket)).size;
  const others = [
    ...options
      .filter(({ outcome }) => outcome !== 'restored')
      .map(({ name, outcome, now, why, socket }) => {
        const verdict = outcome === 'failed' ? 'could not be set back' : 'left alone';
        return `${name} of ${nameOfSocket(socket)} ${verdict}: ${why}; it is ${now ?? 'not readable'} now`;
      }),
    ...reverted.flatMap(({ socket, error }) => (error ? [`${nameOfSocket(socket)} is gone: ${error.message}`] : [])),
  ];
  const done = `Set back: ${count(back.length, 'option')} of ${count(sockets, 'socket')}.\n`;
  return done + others.map((text) => line('- ', text)).join('');
}

/** The same for programs. */
export function revertData(reverted: readonly RevertResult[]): object[] {
  return reverted.map(({ socket, options, error }) => ({
    ...factsOf(reading(socket)),
    options: options.map(({ name, outcome, now, why }) => ({ name, outcome, now: now ?? null, why })),
    error: error ? { code: error.code, message: error.message } : null,
  }));
}
