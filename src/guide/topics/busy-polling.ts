// The story of busy-polling.
import type { Topic } from '../types.ts';

export const busyPolling: Topic = {
  name: 'busy-polling',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
