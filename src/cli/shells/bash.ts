// The completion script for bash 3.2 and later.
import { argumentAt, type Grammar, quoted, type VerbGrammar, valueGroups } from './grammar.ts';

function flagWords({ flags }: VerbGrammar): string {
  return flags.flatMap(([name, { short }]) => [`--${name}`, ...(short ? [`-${short}`] : [])]).join(' ');
}

/** A case of `--flag) ...`, for flags that take a value. */
function flagValues({ name, flags }: VerbGrammar): string[] {
  return flags
    .filter(([, { value }]) => value !== undefined)
    .map(([flag, { short, choices = [] }]) => {
      const names = [`--${flag}`, ...(short ? [`-${short}`] : [])].map((word) => `${name}:${word}`);
      return `    ${names.join('|')}) _sockctl_words ${quoted(choices.join(' '))} "$cur"; return;;`;
    });
}

function places(verb: VerbGrammar): string[] {
  const valued = verb.arguments.map((_, place) => {
    const complete = argumentAt(verb, place)?.complete;
    const at = verb.arguments[place]?.many ? '*' : String(place);
    if (complete === 'option') return `    ${verb.name}:${at}) _sockctl_words "$_sockctl_options" "$upper";;`;
    if (complete === 'option or topic') return `    ${verb.name}:${at}) _sockctl_named;;`;
    if (complete === 'assignment') return `    ${verb.name}:${at}) _sockctl_assignment;;`;
    if (complete === undefined) return undefined;
    return `    ${verb.name}:${at}) _sockctl_words ${quoted(complete.join(' '))} "$cur";;`;
  });
  return valued.filter((line) => line !== undefined);
}

export function script(grammar: Grammar): string {
  const { verbs, options, topics } = grammar;
  const values = valueGroups(grammar).map(
    ([names, words]) => `    ${names.join('|')}) words=${quoted(words.join(' '))};;`,
  );
  const switches = verbs.flatMap(({ name, flags }) =>
    flags.filter(([, { value }]) => value).map(([flag, { short }]) => [name, flag, short] as const),
  );
  const taking = switches.flatMap(([name, flag, short]) => [
    `${name}:--${flag}`,
    ...(short ? [`${name}:-${short}`] : []),
  ]);
  return `# Completion of sockctl for bash: source <(sockctl completion bash)
_sockctl_options=${quoted(options.map(({ name }) => name).join(' '))}
_sockctl_settable=${quoted(
    options
      .filter(({ settable }) => settable)
      .map(({ name }) => name)
      .join(' '),
  )}

# Words of a list that begin with what was typed; capitals where none does so in small letters.
_sockctl_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$2"))
  if [[ \${#COMPREPLY[@]} == 0 ]]; then COMPREPLY=($(compgen -W "$1" -- "$upper")); fi
}

# What explain knows: options, and topics in small letters.
_sockctl_named() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$_sockctl_options" -- "$upper") $(compgen -W ${quoted(topics.map(({ name }) => name).join(' '))} -- "$cur"))
}

# OPTION=, then its values. Readline takes the = for a break between words unless told otherwise.
_sockctl_assignment() {
  local option=\${upper%%=*} typed=\${cur#*=} words=''
  if [[ $cur != *=* ]]; then
    _sockctl_words "$_sockctl_settable" "$upper"
    COMPREPLY=("\${COMPREPLY[@]/%/=}")
    [[ \${COMPREPLY[0]} == '=' ]] && COMPREPLY=()
    compopt -o nospace 2>/dev/null
    return
  fi
  case $option in
${values.join('\n')}
  esac
  _sockctl_words "$words" "$typed"
  if [[ $COMP_WORDBREAKS != *=* ]]; then COMPREPLY=("\${COMPREPLY[@]/#/\${cur%%=*}=}"); fi
}

_sockctl() {
  local line=\${COMP_LINE:0:COMP_POINT} typed cur upper verb='' before='' place=0 word
  read -ra typed <<<"$line"
  # The words as the command gets them: at blanks, not at = and :
  if [[ $line == *[[:blank:]] ]]; then typed+=(''); fi
  cur=\${typed[\${#typed[@]}-1]}
  upper=$(printf %s "$cur" | tr '[:lower:]' '[:upper:]')
  COMPREPLY=()
  for word in "\${typed[@]:1:\${#typed[@]}-2}"; do
    case $verb:$before in ${taking.join('|') || "''"}) before=$word; continue;; esac
    before=$word
    case $word in -*) continue;; esac
    if [[ -z $verb ]]; then verb=$word; else place=$((place + 1)); fi
  done
  if [[ -z $verb ]]; then
    _sockctl_words ${quoted([...verbs.map(({ name }) => name), 'help', '--help', '--version'].join(' '))} "$cur"
    return
  fi
  case $verb:$before in
${verbs.flatMap(flagValues).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $verb in
${verbs.map((verb) => `      ${verb.name}) _sockctl_words ${quoted(flagWords(verb))} "$cur";;`).join('\n')}
    esac
    return
  fi
  case $verb:$place in
    help:0) _sockctl_words ${quoted(verbs.map(({ name }) => name).join(' '))} "$cur";;
${verbs.flatMap(places).join('\n')}
  esac
}
complete -F _sockctl sockctl
`;
}
