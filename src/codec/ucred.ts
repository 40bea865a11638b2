// struct ucred: who is at the other end of a unix socket.
import { int, u32 } from './scalar.ts';
import { struct } from './struct.ts';

/**
 * SO_PEERCRED's value: `{ pid, uid, gid }` of the peer when it connected. On a socket that has no such peer,
 * Linux answers pid 0 with uid and gid 4294967295. Linux. Source: unix(7).
 */
export function ucred() {
  return struct('struct ucred', { pid: int(), uid: u32(), gid: u32() });
}
