// The catalogue as `sockctl list` needs it: plain data, which the build writes into one file. Importing the catalogue
// itself would take as long as Node takes to start.
import { readFileSync } from 'node:fs';
import type { LevelName } from '../constants/levels.ts';
import type { Access, AnyDeclaration, AnyOption, Kind } from '../option.ts';

/** One option as it is listed. Fields are missing or undefined where there is nothing to say. */
export interface Listed {
  readonly name: string;
  readonly levels: readonly LevelName[];
  readonly access: Access;
  readonly type: string;
  readonly unit: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly summary: string;
  readonly platforms: AnyDeclaration['on'];
  readonly kinds: readonly Kind[];
  /** What is printed as it is declared. */
  readonly more: Partial<Pick<AnyDeclaration, 'needs' | 'when' | 'since' | 'removed' | 'aliasOf' | 'man' | 'instead'>>;
}

export function listed({ name, levels, aliasOf, access, declaration, codec, input, kinds }: AnyOption): Listed {
  const { summary, on: platforms, needs, when, since, removed, man, instead } = declaration;
  return {
    name,
    levels,
    access,
    type: codec.ctype,
    unit: codec.unit ?? input.unit,
    min: input.min,
    max: input.max,
    summary,
    platforms,
    kinds,
    more: { needs, when, since, removed, aliasOf, man, instead } as Listed['more'],
  };
}

/** The file that the build makes; a checkout that was not built has none. */
function built(): readonly Listed[] | undefined {
  try {
    return JSON.parse(readFileSync(new URL('../cli/listing.json', import.meta.url), 'utf8')) as Listed[];
  } catch {
    return undefined;
  }
}

/** Every option, in the catalogue's order. */
export async function listing(): Promise<readonly Listed[]> {
  const ready = built();
  if (ready) return ready;
  const { options } = await import('../catalog/index.ts');
  return options.map(listed);
}
