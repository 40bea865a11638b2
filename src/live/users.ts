// Users by name and number, as far as /etc/passwd knows them; others have their number only.
import { readFileSync } from 'node:fs';

let names: Map<number, string> | undefined;

function table(): Map<number, string> {
  if (names !== undefined) return names;
  names = new Map();
  let text = '';
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    // Then all of them are numbers.
  }
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (name && uid && !names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}

/** The name of a user; the number as text where it has none. */
export function userName(uid: number): string {
  return table().get(uid) ?? String(uid);
}

/** The number of a user by name or number; undefined where there is none of that name. */
export function userId(user: string): number | undefined {
  if (/^\d+$/.test(user)) return Number(user);
  for (const [uid, name] of table()) if (name === user) return uid;
  return undefined;
}
