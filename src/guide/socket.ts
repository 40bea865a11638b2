// Guides of the options of socket, sorted by C name.
import type { Guides } from './types.ts';

export const socketGuides: Guides = {};
