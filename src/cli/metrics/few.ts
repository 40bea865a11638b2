// A few names out of many: whoever comes late is called "other".
import { OTHER } from './groups.ts';

export class Few {
  readonly #limit: number;
  readonly #names = new Set<string>();

  constructor(limit: number) {
    this.#limit = Math.max(1, limit);
  }

  of(name: string): string {
    if (this.#names.has(name)) return name;
    if (this.#names.size >= this.#limit - 1) return OTHER;
    this.#names.add(name);
    return name;
  }
}
