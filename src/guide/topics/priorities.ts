// The story of priorities.
import type { Topic } from '../types.ts';

export const priorities: Topic = {
  name: 'priorities',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
