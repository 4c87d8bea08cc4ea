// `goniec completion`: a script for bash that completes commands, options, their choices and file names.

import type { Command } from 'commander';

/** Commands by their path (`goniec journal`), with the words that may follow. */
export function completionScript(program: Command): string {
  const cases = commandsOf(program).map(
    ({ path, words }) => `    '${path.join(' ')}') words='${words.join(' ')}' ;;`,
  );
  return `# Completion of goniec for bash. For one account:   eval "$(goniec completion)"   in ~/.bashrc;
# for all: goniec completion > /etc/bash_completion.d/goniec
_goniec() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $(_goniec_words "$path") " in *" $word "*) [[ $word == -* ]] || path="\${path:+$path }$word" ;; esac
  done
  case "$previous" in
${choiceCases(program)}
  esac
  if [[ -z $words ]]; then
    case "$previous" in
      --config|--out|--payment|*-file|*-key|*-certificate|--bank-ca|--folder|--outbox|--inbox|--archive|--state)
        compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); return ;;
    esac
    words="$(_goniec_words "$path")"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ \${#COMPREPLY[@]} -eq 0 && $current != -* ]]; then
    compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current"))
  fi
}
_goniec_words() {
  local words=''
  case "$1" in
${cases.join('\n')}
  esac
  printf '%s' "$words"
}
complete -F _goniec goniec
`;
}

interface Completed {
  readonly path: readonly string[];
  readonly words: readonly string[];
}

/** Every command below, and itself. */
function commandsOf(command: Command, path: readonly string[] = []): Completed[] {
  const options = command.options.flatMap(({ long }) => (long == null ? [] : [long]));
  const names = command.commands.map((inner) => inner.name());
  return [
    { path, words: [...names, ...options, '--help'] },
    ...command.commands.flatMap((inner) => commandsOf(inner, [...path, inner.name()])),
  ];
}

/** What may stand behind an option or a command that takes one of a few words. */
function choiceCases(program: Command): string {
  const choices: Readonly<Record<string, string>> = {
    fetch: 'balance history statement',
    '--as': 'resend settled rejected dropped communication authorization',
    '--environment': 'sandbox test production',
    '--dialect': 'bnp ing',
    '--signing': 'goniec people',
    mood: 'honest pessimistic slow refuses loses-request loses-answer answers-5xx',
  };
  const known = new Set(words(program));
  return Object.entries(choices)
    .filter(([word]) => known.has(word))
    .map(([word, list]) => `    ${word}) words='${list}' ;;`)
    .join('\n');
}

function words(program: Command): string[] {
  return commandsOf(program).flatMap((one) => one.words);
}
