// Guides of the options of udp, sorted by C name.
import type { Guides } from './types.ts';

export const udpGuides: Guides = {};
