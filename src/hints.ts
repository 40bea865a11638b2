// Errors that name the option, and hints of what it needs or what to do instead.
import { SockctlError, type SocketOptionError, show } from './errors.ts';
import { errnoName } from './kernel/errno.ts';
import { refusal } from './kernel/refusal.ts';
import { type AnyOption, kinds as all } from './option.ts';

/** A codec's refusal with the option's name in front. */
export function named(option: AnyOption, error: SockctlError): SockctlError {
  if (option.declaration.secret)
    return new SockctlError(error.code, `${option.name} expects ${option.input.accepts}`, { option: option.name });
  const details = { option: option.name, value: error.value, ...(error.hint && { hint: error.hint }) };
  return new SockctlError(error.code, `${option.name} ${error.message}`, details);
}

const absent = new Set(['ENOPROTOOPT', 'EOPNOTSUPP', 'EPROTONOSUPPORT']);
const tooLate = new Set(['EINVAL', 'EISCONN', 'EBUSY']);

/** What a set lacks that the kernel denied: another option first, a privilege, or both. */
function denied({ declaration: { needs, after } }: AnyOption): string {
  const first = after && `${Object.keys(after).join(', ')} set first`;
  const both = [needs, first].filter(Boolean).join(', and ');
  return `It needs ${both || 'a privilege that this process lacks, or another state of the socket'}`;
}

/** The kinds of sockets that have an option, in words: what an error or a table can show. */
export function kindsText({ kinds }: AnyOption): string {
  if (kinds.length === all.length) return 'all kinds of sockets';
  return kinds.length > 16 ? `${kinds.slice(0, 12).join(', ')} and ${kinds.length - 12} more` : kinds.join(', ');
}

function whereItIs(option: AnyOption, setting: boolean): string {
  const { since, instead } = option.declaration;
  const where = setting
    ? `Not every socket that has ${option.name} lets it be set; it exists on ${kindsText(option)}`
    : `${option.name} is for ${kindsText(option)}`;
  return `${where}${since ? `, since Linux ${since}` : ''}${instead ? `. ${instead}` : ''}`;
}

function hintFor(option: AnyOption, code: string, setting: boolean): string | undefined {
  const { after, when } = option.declaration;
  if (code === 'EPERM' || code === 'EACCES') return setting || after ? denied(option) : undefined;
  if (absent.has(code)) return whereItIs(option, setting);
  if (code === 'EINVAL' && after) return `Set ${Object.keys(after).join(', ')} first`;
  if (setting && tooLate.has(code) && when !== undefined && when !== 'any') {
    return when === 'connected'
      ? 'It can only be set on a connected socket'
      : `It must be set ${when.replace('-', ' ')}`;
  }
  if (code === 'EINVAL' && setting)
    return `It takes ${option.input.accepts}, not on every kind of socket nor in every state`;
  if (code === 'EBADF') return 'The descriptor is closed, or was never open';
  if (code === 'ENOTSOCK') return 'The descriptor is a file, a pipe or a terminal, not a socket';
  return undefined;
}

/** The error for a system call on an option that the kernel refused, with what it needs or what to do. */
export function optionRefusal(
  syscall: string,
  result: number,
  option: AnyOption,
  fd: number,
  value?: unknown,
): SocketOptionError {
  const hint = hintFor(option, errnoName(-result), syscall === 'setsockopt');
  const shown = option.declaration.secret ? 'a secret' : show(value);
  const asked = syscall === 'setsockopt' && value !== undefined ? ` = ${shown}` : '';
  return refusal(syscall, result, {
    level: option.levelNumber,
    option: option.name,
    subject: `${option.name}${asked} on fd ${fd}`,
    ...(hint && { hint }),
  });
}
