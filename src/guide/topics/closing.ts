// The story of closing.
import type { Topic } from '../types.ts';

export const closing: Topic = {
  name: 'closing',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
