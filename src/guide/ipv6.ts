// Guides of the options of ipv6, sorted by C name.
import type { Guides } from './types.ts';

export const ipv6Guides: Guides = {};
