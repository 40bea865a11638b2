// What happens to datagram sockets at bind, which every dgram.Socket does, and at connect.
import { SO_REUSEADDR } from '../catalog/socket.ts';
import { AF_INET, AF_INET6, SOCK_DGRAM } from '../constants/families.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import type { SocketFacts } from '../policy/match.ts';
import { writeOption } from '../typed.ts';
import type { Address, Handle } from './handles.ts';
import type { Actions } from './hooks.ts';
import { type Entry, program, type Session } from './session.ts';

const descriptorOf = ({ fd = -1 }: Handle): number => fd;

/** A descriptor with the options; SO_REUSEADDR as a rule says, or off, and not as libuv forces it at open. */
function equip(session: Session, handle: Handle, entry: Entry): void {
  if (descriptorOf(handle) >= 0) {
    session.set(entry, descriptorOf(handle), entry.plan?.birth, 'fresh');
    return;
  }
  const fd = session.make(entry, SOCK_DGRAM);
  if (fd === undefined) return;
  if (handle.open(fd) !== 0) {
    closeDescriptor(fd);
    return;
  }
  const rule = entry.plan?.birth.settings.find(({ option }) => option.name === 'SO_REUSEADDR');
  writeOption(fd, SO_REUSEADDR, rule?.asked ?? false);
}

function localOf(handle: Handle): Partial<SocketFacts> {
  const out: Address = {};
  handle.getsockname?.(out);
  return out.address === undefined ? {} : { local: out.address, localPort: out.port };
}

type DatagramActions = Pick<Actions, 'bindsDatagram' | 'boundDatagram' | 'connectedDatagram' | 'receives'>;

/** The hooks' actions for datagram sockets. */
export function datagramActions(session: Session): DatagramActions {
  const enter = (handle: Handle, where: Partial<SocketFacts>, family: number): Entry | undefined =>
    session.enter(handle, { side: 'datagram', protocol: 'udp', program: program(), ...where }, family, true);
  return {
    bindsDatagram(handle, args, sixth) {
      const [local, localPort] = args as [string, number];
      const entry = enter(handle, { local, localPort }, sixth ? AF_INET6 : AF_INET);
      if (entry) equip(session, handle, entry);
    },
    boundDatagram(handle, status) {
      const entry = session.entryOf(handle);
      if (!entry) return;
      if (status === 0) session.settle(entry, descriptorOf(handle), localOf(handle), 'before-bind');
      session.trace?.socket(entry, descriptorOf(handle), status);
    },
    connectedDatagram(handle, args) {
      const [remote, remotePort] = args as [string, number];
      const entry = session.entryOf(handle);
      if (!entry) return;
      session.settle(entry, descriptorOf(handle), { ...localOf(handle), remote, remotePort }, 'before-bind');
      session.connected(entry, descriptorOf(handle));
    },
    receives(handle) {
      const fd = descriptorOf(handle);
      if (session.entryOf(handle) || fd < 0) return;
      const where = localOf(handle);
      const entry = enter(handle, where, where.local?.includes(':') ? AF_INET6 : AF_INET);
      if (!entry) return;
      session.set(entry, fd, entry.plan?.birth, 'fresh');
      session.trace?.socket(entry, fd);
    },
  };
}
