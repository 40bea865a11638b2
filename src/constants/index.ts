// Every value constant that options take, and the levels, families and protocols.
export * from './families.ts';
export * from './ip.ts';
export * from './ipv6.ts';
export * from './kinds.ts';
export * from './levels.ts';
export * from './socket.ts';
export * from './tcp.ts';
export * from './timestamping.ts';
export * from './udp.ts';
