// The story of keepalive.
import type { Topic } from '../types.ts';

export const keepalive: Topic = {
  name: 'keepalive',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
