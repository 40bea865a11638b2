// The story of transparent-proxying.
import type { Topic } from '../types.ts';

export const transparentProxying: Topic = {
  name: 'transparent-proxying',
  title: '',
  summary: '',
  words: [],
  sections: [],
  options: [],
  sources: [],
};
