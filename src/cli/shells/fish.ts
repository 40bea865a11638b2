// The completion script for fish, with what each word means.
import { argumentAt, type Grammar, type VerbGrammar, valueGroups } from './grammar.ts';

/** Single quotes in fish escape by a backslash. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function flagLines({ name, flags }: VerbGrammar): string[] {
  return flags.map(([flag, { about, short, value, choices = [] }]) => {
    const takes = value === undefined ? '' : ` -x -a ${quoted(choices.join(' '))}`;
    return `complete -c sockctl -n '__sockctl_at ${name}' -l ${flag}${short ? ` -s ${short}` : ''}${takes} -d ${quoted(about)}`;
  });
}

function argumentLines(verb: VerbGrammar): string[] {
  return verb.arguments.flatMap(({ many, name }, place) => {
    const complete = argumentAt(verb, place)?.complete;
    if (complete === undefined) return [];
    const call =
      complete === 'option'
        ? '(__sockctl_options)'
        : complete === 'option or topic'
          ? '(__sockctl_options; __sockctl_topics)'
          : complete === 'assignment'
            ? '(__sockctl_assignments)'
            : complete.join(' ');
    return [
      `complete -c sockctl -n '__sockctl_at ${verb.name} ${place}${many ? ' more' : ''}' -a ${quoted(call)} -d ${quoted(name)}`,
    ];
  });
}

/** Lines of `word<TAB>what it means`, as one printf. */
function listing(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([word, about]) => `    ${quoted(word)} ${quoted(about)}`).join(' \\\n');
}

export function script(grammar: Grammar): string {
  const { verbs, options, topics } = grammar;
  const taking = verbs.flatMap(({ flags }) =>
    flags
      .filter(([, { value }]) => value)
      .flatMap(([name, { short }]) => [`--${name}`, ...(short ? [`-${short}`] : [])]),
  );
  const all = options.map(({ name, summary }) => [name, summary] as const);
  const settable = options
    .filter((option) => option.settable)
    .map(({ name, summary }) => [`${name}=`, summary] as const);
  const values = valueGroups(grammar).map(
    ([names, words]) => `    case ${names.join(' ')}\n      printf '%s\\n' $name=${words.join(' $name=')}`,
  );
  return `# Completion of sockctl for fish: sockctl completion fish | source

# True within a verb; with a place, where that argument is next; with "more", there or later.
function __sockctl_at
  set -l words
  set -l skip 0
  for word in (commandline -opc)[2..-1]
    if test $skip = 1
      set skip 0
    else if contains -- $word ${[...new Set(taking)].join(' ')}
      set skip 1
    else if not string match -q -- '-*' $word
      set -a words $word
    end
  end
  test (count $words) -ge 1; and test $words[1] = $argv[1]; or return 1
  set -q argv[2]; or return 0
  set -l place (math (count $words) - 1)
  test $place -eq $argv[2]; or begin
    set -q argv[3]; and test $place -ge $argv[2]
  end
end

function __sockctl_options
  printf '%s\\t%s\\n' \\
${listing(all)}
end

function __sockctl_topics
  printf '%s\\t%s\\n' \\
${listing(topics.map(({ name, summary }) => [name, summary] as const))}
end

# OPTION=, then its values.
function __sockctl_assignments
  set -l name (string upper -- (string split -m 1 -- = (commandline -ct))[1])
  if not string match -q -- '*=*' (commandline -ct)
    printf '%s\\t%s\\n' \\
${listing(settable)}
    return
  end
  switch $name
${values.join('\n')}
  end
end

function __sockctl_no_verb
  test (count (commandline -opc)) -eq 1
end

complete -c sockctl -f
${verbs.map(({ name, summary }) => `complete -c sockctl -n __sockctl_no_verb -a ${name} -d ${quoted(summary)}`).join('\n')}
complete -c sockctl -n __sockctl_no_verb -l help -s h -d help
complete -c sockctl -n __sockctl_no_verb -l version -s V -d version
complete -c sockctl -n '__sockctl_at help 0' -a ${quoted(verbs.map(({ name }) => name).join(' '))}
${verbs.flatMap((verb) => [...flagLines(verb), ...argumentLines(verb)]).join('\n')}
`;
}
