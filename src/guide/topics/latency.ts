// The story of latency.
import type { Topic } from '../types.ts';

export const latency: Topic = {
  name: 'latency',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
