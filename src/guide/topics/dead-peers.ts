// The story of dead-peers.
import type { Topic } from '../types.ts';

export const deadPeers: Topic = {
  name: 'dead-peers',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
