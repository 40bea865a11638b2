// The catalogue as `sockctl list` needs it: plain data, which the build writes into one file. Importing the catalogue
// itself would take as long as Node takes to start.
import { readFileSync } from 'node:fs';
import type { Abi } from '../codec/abi.ts';
import type { Codec } from '../codec/codec.ts';
import type { LevelName } from '../constants/levels.ts';
import type { Access, AnyDeclaration, AnyOption, Kind } from '../option.ts';

const printed = ['needs', 'when', 'since', 'removed', 'aliasOf', 'man', 'role', 'instead'] as const;

/** What a value is, in a word. */
export const forms = ['bool', 'int', 'enum', 'flags', 'struct', 'list', 'text', 'address', 'bytes', 'none'] as const;
type Form = (typeof forms)[number];

function formOf({ ctype, accepts, names, min }: Pick<Codec<unknown>, 'ctype' | 'accepts' | 'names' | 'min'>): Form {
  if (names && Object.keys(names).join() === 'off,on') return 'bool';
  if (/\[\]$/.test(ctype)) return 'list';
  if (names) return accepts.startsWith('names joined') ? 'flags' : 'enum';
  if (/^(struct|union) (in6?_addr|sockaddr)/.test(ctype)) return 'address';
  if (/^(struct|union) /.test(ctype)) return 'struct';
  if (accepts.startsWith('no value')) return 'none';
  // A number that is passed as a length has no C type.
  if (ctype === 'void') return min === undefined ? 'bytes' : 'int';
  return /^char\[/.test(ctype) ? 'text' : 'int';
}

/** One option as it is listed. Fields are missing or undefined where there is nothing to say. */
export interface Listed {
  readonly name: string;
  readonly levels: readonly LevelName[];
  readonly access: Access;
  readonly accessOn: AnyDeclaration['accessOn'];
  /** The C type. */
  readonly type: string;
  readonly form: Form;
  readonly unit: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly summary: string;
  readonly platforms: AnyDeclaration['on'];
  readonly kinds: readonly Kind[];
  /** What is printed as it is declared. */
  readonly more: Partial<Pick<AnyDeclaration, (typeof printed)[number]>>;
}

export function listed({ name, levels, declaration, codec, input, kinds }: AnyOption): Listed {
  const { access, accessOn, summary, on: platforms } = declaration;
  return {
    name,
    levels,
    access,
    accessOn,
    type: (access === 'wo' ? input : codec).ctype,
    form: formOf(access === 'wo' ? input : codec),
    unit: codec.unit ?? input.unit,
    min: input.min,
    max: input.max,
    summary,
    platforms,
    kinds,
    more: Object.fromEntries(printed.map((key) => [key, declaration[key]])),
  };
}

/** What can be done with an option on a system. */
export const accessOf = ({ access, accessOn }: Listed, { os }: Abi): Access => accessOn?.[os] ?? access;

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
