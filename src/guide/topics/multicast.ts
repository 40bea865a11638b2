// The story of multicast.
import type { Topic } from '../types.ts';

export const multicast: Topic = {
  name: 'multicast',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
