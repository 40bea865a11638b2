// Values that options of Windows take: who may reach a socket, whether the card does the work, path MTU discovery.

/** From anywhere, through NAT traversal as well. */
export const PROTECTION_LEVEL_UNRESTRICTED = 10;
/** From anywhere, but not through NAT traversal. */
export const PROTECTION_LEVEL_EDGERESTRICTED = 20;
/** From the same link or site only. */
export const PROTECTION_LEVEL_RESTRICTED = 30;
export const protectionLevels = {
  PROTECTION_LEVEL_UNRESTRICTED,
  PROTECTION_LEVEL_EDGERESTRICTED,
  PROTECTION_LEVEL_RESTRICTED,
} as const;

/** For TCP_OFFLOAD_PREFERENCE. */
export const TCP_OFFLOAD_NO_PREFERENCE = 0;
export const TCP_OFFLOAD_NOT_PREFERRED = 1;
export const TCP_OFFLOAD_PREFERRED = 2;
export const tcpOffloadPreferences = {
  TCP_OFFLOAD_NO_PREFERENCE,
  TCP_OFFLOAD_NOT_PREFERRED,
  TCP_OFFLOAD_PREFERRED,
} as const;

/** For SO_OPENTYPE: new sockets are synchronous, and waits can be alerted. */
export const SO_SYNCHRONOUS_ALERT = 0x10;
/** New sockets are synchronous, and waits cannot be alerted. */
export const SO_SYNCHRONOUS_NONALERT = 0x20;
export const openTypes = { SO_SYNCHRONOUS_ALERT, SO_SYNCHRONOUS_NONALERT } as const;

/** PMTUD_STATE: the values of IP_MTU_DISCOVER and IPV6_MTU_DISCOVER there. */
export const pmtudStates = {
  IP_PMTUDISC_NOT_SET: 0,
  IP_PMTUDISC_DO: 1,
  IP_PMTUDISC_DONT: 2,
  IP_PMTUDISC_PROBE: 3,
} as const;
