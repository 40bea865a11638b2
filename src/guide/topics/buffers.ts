// The story of buffers.
import type { Topic } from '../types.ts';

export const buffers: Topic = {
  name: 'buffers',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
