// Types of the public API, checked by the compiler (npm run check): what must compile does, what must not is marked.
import * as sockctl from '../../src/index.ts';
import {
  apply,
  getsockopt,
  lookup,
  SO_ERROR,
  SO_LINGER,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_SNDBUFFORCE,
  SOL_SOCKET,
  setsockopt,
  TCP_INFO,
  TCP_NODELAY,
} from '../../src/index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function exactly<A, B>(_proof: Equal<A, B>): void {}

const fd = 3;
const socket = new sockctl.Socket();

// What a read gives.
const size = getsockopt(fd, SO_RCVBUF);
exactly<typeof size, number>(true);
const nodelay = socket.getsockopt(TCP_NODELAY);
exactly<typeof nodelay, boolean>(true);
const linger = getsockopt(socket, SO_LINGER);
exactly<typeof linger.on, boolean>(true);
exactly<typeof linger.seconds, number>(true);
const info = getsockopt(socket, TCP_INFO);
// A field that this kernel may not have is absent, so it may be undefined.
exactly<typeof info.min_rtt, number | undefined>(true);
exactly<typeof info.bytes_acked, bigint | undefined>(true);

// Python's forms.
const int = getsockopt(fd, SOL_SOCKET, SO_RCVBUF);
exactly<typeof int, number>(true);
const bytes = getsockopt(fd, SOL_SOCKET, SO_LINGER, 8);
exactly<typeof bytes, Uint8Array<ArrayBufferLike>>(true);
getsockopt(fd, 1, 9999);
getsockopt(fd, SOL_SOCKET, SO_RCVBUF, Buffer.alloc(16));

// What a set takes.
setsockopt(fd, SO_LINGER, { on: true, seconds: 5 });
setsockopt(fd, SO_RCVTIMEO, 'never');
setsockopt(fd, SO_RCVTIMEO, 5500);
setsockopt(fd, SOL_SOCKET, SO_RCVBUF, null, 4);
setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 4096n);
setsockopt({ fd }, TCP_NODELAY, true);

// What headers of packets carry has fields; its bytes are taken as well.
const carried = getsockopt(fd, sockctl.IP_OPTIONS);
exactly<(typeof carried)[number]['addresses'], readonly string[] | undefined>(true);
setsockopt(fd, sockctl.IP_OPTIONS, [{ type: 'IPOPT_RR', addresses: ['0.0.0.0'] }]);
setsockopt(fd, sockctl.IP_OPTIONS, Uint8Array.of(1));
const hops = getsockopt(fd, sockctl.IPV6_HOPOPTS);
if (hops !== 'none') exactly<(typeof hops)['nexthdr'], number>(true);
setsockopt(fd, sockctl.IPV6_HOPOPTS, { options: [{ type: 'IPV6_TLV_ROUTERALERT', data: new Uint8Array(2) }] });
setsockopt(fd, sockctl.IPV6_RTHDR, { type: 'IPV6_SRCRT_TYPE_4', segments: ['::1'] });
const [message] = getsockopt(fd, sockctl.IP_PKTOPTIONS);
if (typeof message?.data === 'object' && 'spec_dst' in message.data) {
  exactly<typeof message.data.spec_dst, string>(true);
}
setsockopt(fd, sockctl.IP_IPSEC_POLICY, { type: 'IPSEC_POLICY_BYPASS', dir: 'IPSEC_DIR_OUTBOUND' });

setsockopt(fd, sockctl.IPV6_2292PKTOPTIONS, [
  { level: 'SOL_IPV6', type: 'IPV6_PKTINFO', data: { addr: '::1', ifindex: 'lo' } },
  { level: 'SOL_IPV6', type: 'IPV6_PKTINFO', data: { ifindex: 1 } },
]);
// What is read can be set again.
setsockopt(fd, sockctl.IP_OPTIONS, carried);
setsockopt(fd, sockctl.IPV6_HOPOPTS, hops);
setsockopt(fd, sockctl.IPV6_RTHDR, getsockopt(fd, sockctl.IPV6_RTHDR));
setsockopt(fd, sockctl.IPV6_2292PKTOPTIONS, getsockopt(fd, sockctl.IPV6_2292PKTOPTIONS));

// Refused by the compiler.
// @ts-expect-error no option of a header
setsockopt(fd, sockctl.IP_OPTIONS, [{ type: 'IPOPT_XX' }]);
// @ts-expect-error a row, not a message
setsockopt(fd, sockctl.IPV6_2292PKTOPTIONS, { level: 'SOL_IPV6', type: 'IPV6_TCLASS', data: 1 });
// @ts-expect-error half a policy
setsockopt(fd, sockctl.IP_IPSEC_POLICY, { type: 'IPSEC_POLICY_BYPASS' });
// @ts-expect-error write-only
getsockopt(fd, SO_SNDBUFFORCE);
// @ts-expect-error read-only
setsockopt(fd, SO_ERROR, 0);
// @ts-expect-error a boolean is no size
setsockopt(fd, SO_RCVBUF, true);
// @ts-expect-error a size is no switch
setsockopt(fd, TCP_NODELAY, 300);
// @ts-expect-error half a struct
setsockopt(fd, SO_LINGER, { on: true });
// @ts-expect-error null without a length
setsockopt(fd, SOL_SOCKET, SO_RCVBUF, null);

// apply knows every name and its value.
apply(socket, { SO_RCVBUF: 4 << 20, TCP_NODELAY: true, SO_LINGER: { on: false, seconds: 0 } }, { atomic: true });
// @ts-expect-error no such option
apply(socket, { SO_RCVBUFF: 1 });
// @ts-expect-error read-only
apply(socket, { SO_TYPE: 1 });
// @ts-expect-error a value of another type
apply(socket, { TCP_NODELAY: 'yes' });
const reports = apply(socket, [
  [TCP_NODELAY, true],
  ['SO_RCVBUF', 1],
]);
exactly<(typeof reports)[number]['outcome'], sockctl.Outcome>(true);

const found = lookup('so_rcvbuf');
exactly<typeof found, sockctl.AnyOption | undefined>(true);
