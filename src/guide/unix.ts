// Guides of the options of unix, sorted by C name.
import type { Guides } from './types.ts';

export const unixGuides: Guides = {};
