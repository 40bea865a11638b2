// Every topic, in the order in which they are listed.

import type { Topic } from '../types.ts';
import { buffers } from './buffers.ts';
import { busyPolling } from './busy-polling.ts';
import { closing } from './closing.ts';
import { deadPeers } from './dead-peers.ts';
import { keepalive } from './keepalive.ts';
import { latency } from './latency.ts';
import { mtuDiscovery } from './mtu-discovery.ts';
import { multicast } from './multicast.ts';
import { peerCredentials } from './peer-credentials.ts';
import { priorities } from './priorities.ts';
import { reuse } from './reuse.ts';
import { timestamps } from './timestamps.ts';
import { transparentProxying } from './transparent-proxying.ts';

export const topics = (): readonly Topic[] => [
  keepalive,
  deadPeers,
  latency,
  buffers,
  reuse,
  closing,
  multicast,
  transparentProxying,
  priorities,
  timestamps,
  busyPolling,
  mtuDiscovery,
  peerCredentials,
];
