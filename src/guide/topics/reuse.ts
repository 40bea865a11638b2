// The story of reuse.
import type { Topic } from '../types.ts';

export const reuse: Topic = {
  name: 'reuse',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
