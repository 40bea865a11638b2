// struct ucred: who is at the other end of a unix socket. See unix(7).
import { int, u32 } from './scalar.ts';
import { struct } from './struct.ts';

/** pid, uid and gid; pid 0 with uid and gid 4294967295 means that there is no peer to name. */
export function ucred() {
  return struct('struct ucred', { pid: int(), uid: u32(), gid: u32() });
}
