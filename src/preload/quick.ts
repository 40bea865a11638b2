// Sets that were learnt from a socket where all went well: levels, numbers and ints, for the sockets that follow.
import type { Birth, BirthReport, Moment } from '../socket/birth.ts';

/** One setsockopt of an int. */
export interface QuickSet {
  readonly level: number;
  readonly name: number;
  readonly value: number;
}

/** What to do, and what to report if all of it succeeds. */
interface Quick {
  readonly sets: readonly QuickSet[];
  readonly report: readonly BirthReport[];
}

const learnt = new WeakMap<Birth, Map<string, Quick | undefined>>();
const keyOf = (family: number, moment: Moment): string => (moment === 'fresh' ? `${family}` : `${family} ${moment}`);

/** The settings of one report as C ints; undefined where one was refused, or is no int. */
function asInts(birth: Birth, report: readonly BirthReport[]): QuickSet[] | undefined {
  const sets: QuickSet[] = [];
  for (const { name, outcome } of report) {
    if (outcome === 'skipped') continue;
    const setting = birth.settings.find(({ option }) => option.name === name);
    const { option, asked } = setting ?? {};
    if (outcome !== 'set' || option?.toInt === undefined) return undefined;
    sets.push({ level: option.levelNumber, name: option.number, value: option.toInt(asked as never) });
  }
  return sets;
}

export const quickSets = {
  get: (birth: Birth, family: number, moment: Moment): Quick | undefined =>
    learnt.get(birth)?.get(keyOf(family, moment)),

  learn(birth: Birth, family: number, moment: Moment, report: readonly BirthReport[]): void {
    const known = learnt.get(birth) ?? new Map<string, Quick | undefined>();
    learnt.set(birth, known);
    const sets = asInts(birth, report);
    known.set(keyOf(family, moment), sets && { sets, report });
  },
};
