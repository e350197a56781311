/** Completions for fish, which loads them at the first TAB. */
import { quoteFish } from '../quote.js'
import { firstWords, secondWords, subcommands, targets, valuedFlags, type CommandModel, type Values } from './model.js'

/** @param home the store, where GONATIVE_HOME does not name another. */
export function fishCompletions(model: readonly CommandModel[], home: string): string {
  const flags = [...valuedFlags(model).keys()]
  return `# Completions of gonative for fish, made by gonative setup.
function __gonative_installed
    set -l home ${quoteFish(home)}
    test -n "$GONATIVE_HOME"; and set home $GONATIVE_HOME
    for file in $home/toolchains/go*.receipt.json
        string replace -r '^.*/go(.*)\\.receipt\\.json$' '$1' -- $file
    end
end
function __gonative_targets
    printf '%s\\n' ${targets.join(' ')}
end
function __gonative_target_list
    set -l before (string replace -rf '^(.*,).*$' '$1' -- (commandline -ct | string replace -r '^--targets=' ''))
    printf '%s\\n' $before(__gonative_targets)
    test -n "$before"; or echo all
end
function __gonative_program
    set -l at 3
    set -l words (commandline -opc)
    while set -q words[$at]
        switch $words[$at]
            case --go --target
                set at (math $at + 2)
            case '-*'
                set at (math $at + 1)
            case '*'
                break
        end
    end
    __fish_complete_subcommand --fcs-skip=(math $at - 1)
end
# The command typed so far and the number of its arguments: true if it is $argv[1], and with $argv[2] of that number.
function __gonative_at
    set -l name
    set -l count 0
    set -l skip
    for word in (commandline -opc)[2..-1]
        if test -n "$skip"
            set skip
            continue
        end
        switch $word
            case ${flags.join(' ')}
                set skip yes
            case '-*'
            case '*'
                if test -z "$name"
                    set name $word
                else if test $count = 0; and contains -- "$name $word" ${subcommands(model)
                  .map(({ name }) => quoteFish(name))
                  .join(' ')}
                    set name "$name $word"
                else
                    set count (math $count + 1)
                end
        end
    end
    test "$name" = "$argv[1]"; and begin; test -z "$argv[2]"; or contains -- $count $argv[2..-1]; end
end
complete -c gonative -f
${firstWords(model)
  .map(({ word, about }) => line('', `-a ${quoteFish(word)}`, about))
  .join(
    '',
  )}${line('', '-l help', 'show help')}${line('', '-l version', 'show the version')}${model.map((command) => linesOf(command, model)).join('')}`
}

function linesOf({ name, flags, args, repeats }: CommandModel, model: readonly CommandModel[]): string {
  const numbers = Array.from({ length: 20 }, (_, at) => String(at))
  const positions = args.map((values, at) => {
    const which = repeats && at === args.length - 1 ? numbers.slice(at) : [String(at)]
    if (values === 'program') return line(name, `-x -a '(__gonative_program)'`, '')
    return argumentOf(values)
      .map((words) => line(name, words, '', which))
      .join('')
  })
  const seconds = secondWords(model, name).map(({ word, about }) => line(name, `-a ${quoteFish(word)}`, about, ['0']))
  const options = flags.map((flag) => {
    const short = flag.short === undefined ? '' : ` -s ${flag.short.slice(1)}`
    const values =
      flag.values === undefined ? '' : ` ${argumentOf(flag.values)[0] ?? ''} ${flag.values === 'file' ? '-r' : '-x'}`
    return line(name, `-l ${flag.name.slice(2)}${short}${values}`, flag.about)
  })
  return [...seconds, ...positions, ...options].join('')
}

function line(name: string, words: string, about: string, counts: string[] = []): string {
  const condition = quoteFish(['__gonative_at', quoteFish(name), ...counts].join(' '))
  return `complete -c gonative -n ${condition} ${words}${about === '' ? '' : ` -d ${quoteFish(about)}`}\n`
}

/** The words of `complete` for an argument; none where nothing completes it. */
function argumentOf(values: Values): string[] {
  if (typeof values !== 'string') return [`-a ${quoteFish(values.join(' '))}`]
  switch (values) {
    case 'installed':
      return [`-k -a '(__gonative_installed)'`]
    case 'target':
      return [`-a '(__gonative_targets)'`]
    case 'targets':
      return [`-a '(__gonative_target_list)'`]
    case 'file':
      return ['-F']
    case 'directory':
      return [`-a '(__fish_complete_directories)'`]
    default:
      return []
  }
}
