// poll(2) of one socket, without waiting.
import { native } from './ffi.ts';

const POLLOUT = 4;

// struct pollfd { int fd; short events; short revents; }, in memory that is too large for V8's heap to move.
const memory = new Uint8Array(128);
const fields = new Int32Array(memory.buffer, 0, 1);
const events = new Int16Array(memory.buffer, 4, 2);
let base = 0;

/** Whether a write would not wait, or there is an error to be read: for a socket that connects, whether it is done. */
export function isWritable(fd: number): boolean {
  const libc = native();
  base ||= libc.address(memory);
  fields[0] = fd;
  events[0] = POLLOUT;
  events[1] = 0;
  return libc.poll(base, 1, 0) === 1;
}
