// The completion script for zsh, with what each word means.
import type { Argument } from '../command.ts';
import { type Grammar, quoted, type VerbGrammar, valueGroups } from './grammar.ts';

/** Text within an _arguments specification: its marks are escaped. */
const plain = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
/** A `name:description` pair for _describe. */
const pair = (name: string, about: string): string => quoted(`${name}:${about.replaceAll('\\', '\\\\')}`);

function action({ complete }: Argument): string {
  if (complete === 'option') return '_sockctl_option';
  if (complete === 'option or topic') return '_sockctl_named';
  if (complete === 'assignment') return '_sockctl_assignment';
  return complete === undefined ? '' : `(${complete.join(' ')})`;
}

function specifications(verb: VerbGrammar): string[] {
  const flags = verb.flags.map(([name, { about, short, value, choices = [] }]) => {
    const takes = value === undefined ? '' : `:${value}:(${choices.join(' ')})`;
    const text = `[${plain(about)}]${takes}`;
    return short ? `{-${short},--${name}}${quoted(text)}` : quoted(`--${name}${text}`);
  });
  const places = verb.arguments.map((argument, i) => {
    const place = argument.many ? '*' : `${i + 1}`;
    return quoted(`${place}${argument.optional ? ':' : ''}:${plain(argument.name)}:${action(argument)}`);
  });
  return [...flags, ...places];
}

export function script(grammar: Grammar): string {
  const { verbs, options, topics } = grammar;
  const settable = options.filter((option) => option.settable);
  return `#compdef sockctl
# Completion of sockctl for zsh: source <(sockctl completion zsh)

_sockctl_option() {
  local -a names=(
${options.map(({ name, summary }) => `    ${pair(name, summary)}`).join('\n')}
  )
  _describe -t socket-options 'socket option' names -M 'm:{a-z}={A-Z}'
}

_sockctl_named() {
  local -a names=(
${topics.map(({ name, summary }) => `    ${pair(name, summary)}`).join('\n')}
  )
  _describe -t topics topic names
  _sockctl_option
}

# OPTION=, then its values.
_sockctl_assignment() {
  if ! compset -P '*='; then
    local -a names=(
${settable.map(({ name, summary }) => `      ${pair(name, summary)}`).join('\n')}
    )
    _describe -t socket-options 'socket option' names -S = -M 'm:{a-z}={A-Z}'
    return
  fi
  local -a words
  case \${(U)IPREFIX%=} in
${valueGroups(grammar)
  .map(([names, words]) => `    ${names.map((name) => `*${name}`).join('|')}) words=(${words.join(' ')});;`)
  .join('\n')}
  esac
  (( $#words )) && compadd -M 'm:{a-zA-Z}={A-Za-z}' -a words
}

_sockctl() {
  local context state state_descr line
  typeset -A opt_args
  local -a verbs=(
${verbs.map(({ name, summary }) => `    ${pair(name, summary)}`).join('\n')}
  )
  _arguments -C '(- *)--help[help]' '(- *)--version[version]' '1:verb:->verb' '*::argument:->argument'
  case $state in
    verb) _describe -t verbs verb verbs;;
    argument)
      case $line[1] in
${verbs.map((verb) => `        ${verb.name}) _arguments -s ${specifications(verb).join(' ')};;`).join('\n')}
        help) _describe -t verbs verb verbs;;
      esac;;
  esac
}

# Sourced, or loaded from a folder of fpath as _sockctl.
if [[ $funcstack[1] == _sockctl ]]; then _sockctl "$@"; else compdef _sockctl sockctl; fi
`;
}
