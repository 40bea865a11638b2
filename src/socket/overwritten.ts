// The options that calls of a runtime's handle overwrite: what enforcing an option has to look out for.

/** The calls, by the handle that has them. */
export const overwriting = {
  tcp: ['setKeepAlive', 'setNoDelay', 'setTypeOfService'],
  udp: ['setBroadcast', 'setTTL', 'setMulticastTTL', 'setMulticastLoopback', 'setMulticastInterface', 'bufferSize'],
} as const;

export type OverwritingCall = (typeof overwriting)['tcp' | 'udp'][number];

/** The options that each of them writes. */
export const overwrittenBy: Readonly<Record<OverwritingCall, readonly string[]>> = {
  // Node writes all of them at each call, with numbers of its own for the interval and the count.
  setKeepAlive: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'TCP_KEEPALIVE'],
  setNoDelay: ['TCP_NODELAY'],
  setTypeOfService: ['IP_TOS', 'IPV6_TCLASS', 'SO_PRIORITY'],
  setBroadcast: ['SO_BROADCAST'],
  setTTL: ['IP_TTL', 'IPV6_UNICAST_HOPS'],
  setMulticastTTL: ['IP_MULTICAST_TTL', 'IPV6_MULTICAST_HOPS'],
  setMulticastLoopback: ['IP_MULTICAST_LOOP', 'IPV6_MULTICAST_LOOP'],
  setMulticastInterface: ['IP_MULTICAST_IF', 'IPV6_MULTICAST_IF'],
  bufferSize: ['SO_RCVBUF', 'SO_SNDBUF'],
};
