// The story of peer-credentials.
import type { Topic } from '../types.ts';

export const peerCredentials: Topic = {
  name: 'peer-credentials',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
