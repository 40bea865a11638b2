// A descriptor for one address that connect() tries: fresh, with its options, bound where that was asked for.
import { SOCK_STREAM } from '../constants/families.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { bindTo, type Candidate, domainOf, ipAddress } from './addresses.ts';
import type { Birth, BirthReport } from './birth.ts';
import type { Target } from './connect-options.ts';

/** @throws SocketOptionError a refused option; as Node for a refused bind; nothing stays open */
export function descriptorFor(
  birth: Birth,
  target: Target,
  { address, family }: Candidate,
  report: BirthReport[],
): number {
  // Node takes a scope that is no interface for none, and sends its packets anywhere.
  if (address.includes('%')) ipAddress(address, target.port);
  const fd = birth.make(domainOf(family), SOCK_STREAM, target.protocol, report);
  const { localAddress, localPort } = target;
  try {
    if (localAddress !== undefined || localPort > 0) {
      bindTo(fd, localAddress ?? (family === 6 ? '::' : '0.0.0.0'), localPort);
    }
    return fd;
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}
