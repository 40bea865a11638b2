// Guides of the options of tcp, sorted by C name.
import type { Guides } from './types.ts';

export const tcpGuides: Guides = {};
