// The story of mtu-discovery.
import type { Topic } from '../types.ts';

export const mtuDiscovery: Topic = {
  name: 'mtu-discovery',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
