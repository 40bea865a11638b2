// Guides of the options of ip, sorted by C name.
import type { Guides } from './types.ts';

export const ipGuides: Guides = {};
