// The story of timestamps.
import type { Topic } from '../types.ts';

export const timestamps: Topic = {
  name: 'timestamps',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
