/** Completions for bash 3.2 and later; they need nothing of the bash-completion package. */
import { quoteSh } from '../quote.js'
import { firstWords, secondWords, subcommands, targets, valuedFlags, type CommandModel, type Values } from './model.js'

/** @param home the store, where GONATIVE_HOME does not name another. */
export function bashCompletions(model: readonly CommandModel[], home: string): string {
  const flags = [...valuedFlags(model)]
  return `# Completions of gonative for bash, made by gonative setup.
_gonative_targets=${quoteSh(targets.join(' '))}
_gonative_add() { # COMMAND...: its lines, which compgen makes
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <("$@")
}
_gonative_words() { # KIND: what completes $cur, or the words themselves
  local home=\${GONATIVE_HOME-} file words='' before=''
  [ -n "$home" ] || home=${quoteSh(home)}
  case $1 in
  none) return ;;
  program) _gonative_add compgen -c -- "$cur"; return ;;
  file) compopt -o filenames 2>/dev/null || :; _gonative_add compgen -f -- "$cur"; return ;;
  directory) compopt -o filenames 2>/dev/null || :; _gonative_add compgen -d -- "$cur"; return ;;
  installed)
    for file in "$home"/toolchains/go*.receipt.json; do
      file=\${file##*/go}
      file=\${file%.receipt.json}
      case $file in *[!A-Za-z0-9.-]*) ;; *) words="$words $file" ;; esac
    done
    ;;
  target) words=$_gonative_targets ;;
  targets)
    words="all $_gonative_targets"
    case $cur in *,*) before=\${cur%,*}, words=$_gonative_targets ;; esac
    ;;
  *) words=$1 ;;
  esac
  _gonative_add compgen -P "$before" -W "$words" -- "\${cur#"$before"}"
}
_gonative() {
  local cur=\${COMP_WORDS[COMP_CWORD]-} prev=\${COMP_WORDS[COMP_CWORD - 1]-} at=1 word name='' count=0
  local flags='--help --version' first='' last=none seconds=''
  COMPREPLY=()
  if [ "$cur" = = ]; then # bash makes a word of its own of the sign in --go=1.27
    cur=''
  elif [ "$prev" = = ]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  while [ "$at" -lt "$COMP_CWORD" ]; do
    word=\${COMP_WORDS[at]}
    at=$((at + 1))
    case $word in
    ${flags.map(([flag]) => flag).join(' | ')})
      [ "\${COMP_WORDS[at]-}" != = ] || at=$((at + 1))
      at=$((at + 1))
      continue
      ;;
    -*) continue ;;
    esac
    case "$count $name $word" in
    ${subcommands(model)
      .map(({ name }) => quoteSh(`0 ${name}`))
      .join(' | ')}) name="$name $word" ;;
    *) if [ -z "$name" ]; then name=$word; else count=$((count + 1)); fi ;;
    esac
  done
  case $name in
  '') last=${quoteSh(
    firstWords(model)
      .map(({ word }) => word)
      .join(' '),
  )} ;;
${model.map((command) => commandCase(command, model)).join('')}  esac
  if [ "$name" = exec ] && [ "$count" -gt 0 ]; then _gonative_words file; return; fi
  case $prev in
${flags.map(([flag, values]) => `  ${flag}) _gonative_words ${quoteSh(kindOf(values))}; return ;;\n`).join('')}  esac
  case $cur in -*) _gonative_add compgen -W "$flags" -- "$cur"; return ;; esac
  if [ "$count" = 0 ]; then
    _gonative_words "\${first:-$last}"
    [ -z "$seconds" ] || _gonative_words "$seconds"
  else
    _gonative_words "$last"
  fi
}
complete -F _gonative gonative
`
}

/** `first` completes the first argument, `last` those after it. */
function commandCase({ name, flags, args, repeats }: CommandModel, model: readonly CommandModel[]): string {
  const names = flags.flatMap((flag) => [flag.name, ...(flag.short === undefined ? [] : [flag.short])])
  const [first = 'none', second] = args
  const last = second ?? (repeats ? first : 'none')
  const seconds = secondWords(model, name).map(({ word }) => word)
  const sets = [
    `flags=${quoteSh(names.join(' '))}`,
    `first=${quoteSh(kindOf(first))}`,
    `last=${quoteSh(kindOf(last))}`,
    ...(seconds.length === 0 ? [] : [`seconds=${quoteSh(seconds.join(' '))}`]),
  ]
  return `  ${quoteSh(name)}) ${sets.join(' ')} ;;\n`
}

function kindOf(values: Values): string {
  return typeof values === 'string' ? values : values.join(' ')
}
