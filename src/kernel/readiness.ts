// poll(2) of one descriptor, without waiting.
import { native } from './ffi.ts';

const POLLOUT = 4;

// struct pollfd { int fd; short events; short revents; }, in memory that is too large for V8's heap to move.
const memory = new Uint8Array(128);
const fields = new Int32Array(memory.buffer, 0, 1);
const events = new Int16Array(memory.buffer, 4, 2);
let base = 0;

/** The events of one descriptor that are so now. */
function poll(fd: number, wanted: number): number {
  const libc = native();
  base ||= libc.address(memory);
  fields[0] = fd;
  events[0] = wanted;
  events[1] = 0;
  return libc.poll(base, 1, 0) === 1 ? (events[1] as number) : 0;
}

/** Whether a write would not wait, or there is an error to be read: for a socket that connects, whether it is done. */
export function isWritable(fd: number): boolean {
  return poll(fd, POLLOUT) !== 0;
}

/** Whether nobody can get what is written any more: the reader of a pipe has gone, the terminal was hung up. */
export function isBroken(fd: number): boolean {
  // POLLERR, POLLHUP and POLLNVAL are told unasked.
  return poll(fd, 0) !== 0;
}
