/** Completions for zsh, as an autoloaded function `_gonative` of its completion system. */
import { quoteSh } from '../quote.js'
import { firstWords, secondWords, targets, type CommandModel, type FlagModel, type Values } from './model.js'

/** @param home the store, where GONATIVE_HOME does not name another. */
export function zshCompletions(model: readonly CommandModel[], home: string): string {
  return `#compdef gonative
# Completions of gonative for zsh, made by gonative setup.
_gonative_installed() {
  local -a versions
  versions=("\${GONATIVE_HOME:-$_gonative_home}"/toolchains/go*.receipt.json(N:t))
  versions=(\${\${versions#go}%.receipt.json})
  compadd -V installed -a versions
}
_gonative_target() { compadd -a _gonative_targets }
_gonative_target_list() { _values -s , target all $_gonative_targets }
_gonative() {
  local _gonative_home=${quoteSh(home)} curcontext=$curcontext state line
  local -a state_descr _gonative_targets seconds
  _gonative_targets=(${targets.join(' ')})
  _arguments -C '(- *)--help[show help]' '(- *)--version[show the version]' '1: :->command' '*:: :->rest' && return
  if [[ $state == command ]]; then
    local -a commands
    commands=(${firstWords(model).map(described).join(' ')})
    _describe -t commands command commands
    return
  fi
  local name=$words[1]
  case "$name $words[2]" in
  ${model
    .filter(({ name }) => name.includes(' '))
    .map(({ name }) => quoteSh(name))
    .join(' | ')})
    if (( CURRENT > 2 )); then
      name="$name $words[2]"
      shift words
      (( CURRENT-- ))
    fi
    ;;
  esac
  case $name in
${model.map((command) => commandCase(command, model)).join('')}  esac
}
if [[ $funcstack[1] == _gonative ]]; then _gonative "$@"; fi
`
}

function commandCase({ name, flags, args, repeats }: CommandModel, model: readonly CommandModel[]): string {
  const seconds = secondWords(model, name)
  const specs = [
    ...flags.flatMap(flagSpecs),
    ...args.map((values, at) => {
      const last = repeats && at === args.length - 1
      const place = last && (at > 0 || seconds.length === 0) ? '*' : String(at + 1)
      return values === 'program' ? `'*::: :_normal'` : quoteSh(`${place}: :${actionOf(values)}`)
    }),
    ...(repeats && args.length === 1 && seconds.length > 0 ? [quoteSh(`*: :${actionOf(args[0] ?? 'none')}`)] : []),
  ]
  const first =
    seconds.length === 0
      ? ''
      : `    if (( CURRENT == 2 )); then
      seconds=(${seconds.map(described).join(' ')})
      _describe -t commands subcommand seconds
    fi
`
  return `  ${quoteSh(name)})
${first}    _arguments -S ${specs.join(' ')}
    ;;
`
}

function flagSpecs({ name, short, about, values }: FlagModel): string[] {
  const said = `[${about.replace(/[\\[\]]/g, '\\$&')}]`
  if (values === undefined) return [name, ...(short === undefined ? [] : [short])].map((flag) => quoteSh(flag + said))
  const value = `:value:${actionOf(values)}`
  return [quoteSh(`${name}=${said}${value}`), ...(short === undefined ? [] : [quoteSh(`${short}+${said}${value}`)])]
}

const actions = {
  installed: '_gonative_installed',
  target: '_gonative_target',
  targets: '_gonative_target_list',
  file: '_files',
  directory: '_files -/',
  program: '_normal',
  none: ' ',
}

function actionOf(values: Values): string {
  return typeof values === 'string' ? actions[values] : `(${values.join(' ')})`
}

function described({ word, about }: { word: string; about: string }): string {
  return quoteSh(`${word.replaceAll(':', '\\:')}:${about}`)
}
