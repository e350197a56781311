/**
 * What can be completed, for all shells alike: made from oclif's manifest when `setup` runs, so that neither the start of
 * a shell nor a TAB starts Node. Installed versions are read from the store's directory by the shell itself.
 */
import { platformsOf } from '../../target/platforms.js'
import { formatTarget } from '../../target/target.js'

/** What an argument or a flag takes: words, or `installed` versions, a target, `targets` with commas between, … */
export type Values = 'installed' | 'target' | 'targets' | 'file' | 'directory' | 'program' | 'none' | readonly string[]

export interface FlagModel {
  /** With its dashes. */
  name: string
  /** `-o`, or undefined. */
  short: string | undefined
  about: string
  /** Undefined for a flag without a value. */
  values: Values | undefined
}

export interface CommandModel {
  /** `graft export`. */
  name: string
  about: string
  flags: FlagModel[]
  args: Values[]
  /** Whether the last argument may come again. */
  repeats: boolean
}

/** The part of oclif's commands that is needed. */
export interface OclifCommand {
  id: string
  summary?: string | undefined
  description?: string | undefined
  hidden?: boolean | undefined
  strict?: boolean | undefined
  flags: Record<
    string,
    {
      name: string
      char?: string | undefined
      summary?: string | undefined
      description?: string | undefined
      type: string
      options?: readonly string[] | undefined
      hidden?: boolean | undefined
    }
  >
  args: Record<string, { name: string; options?: readonly string[] | undefined }>
}

/** What arguments and flags of these names take, whatever the command. */
const byName: Readonly<Record<string, Values>> = {
  version: 'installed',
  go: 'installed',
  target: 'target',
  targets: 'targets',
  file: 'file',
  output: 'file',
  directory: 'directory',
  sysroot: 'directory',
  libc: ['musl', 'gnu', 'gnu.2.17', 'gnu.2.28', 'gnu.2.31'],
}

/** Where one command differs: what it installs is not installed yet, and what it runs is not its own argument. */
const byCommand: Readonly<Record<string, Values[]>> = {
  install: [['latest', 'go.mod']],
  which: [['go', 'gofmt']],
  exec: ['program'],
}

/** What completes a target: the platforms of today's Go. */
export const targets = platformsOf('1.9999').map((platform) => formatTarget(platform))

/** @param commands of oclif's Config, plugins' too. Sorted by name; hidden ones are left out. */
export function modelOf(commands: readonly OclifCommand[]): CommandModel[] {
  return commands
    .filter(({ hidden }) => hidden !== true)
    .map((command) => ({
      name: command.id.replaceAll(':', ' '),
      about: firstLine(command.summary ?? command.description),
      flags: [...flagsOf(command), { name: '--help', short: undefined, about: 'show help', values: undefined }],
      args: byCommand[command.id] ?? Object.values(command.args).map(valuesOf),
      repeats: command.strict === false,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function flagsOf({ flags }: OclifCommand): FlagModel[] {
  return Object.values(flags)
    .filter(({ hidden, name }) => hidden !== true && name !== 'help')
    .map((flag) => ({
      name: `--${flag.name}`,
      short: flag.char === undefined ? undefined : `-${flag.char}`,
      about: firstLine(flag.summary ?? flag.description),
      values: flag.type === 'boolean' ? undefined : valuesOf(flag),
    }))
}

function valuesOf({ name, options }: { name: string; options?: readonly string[] | undefined }): Values {
  return options ?? byName[name] ?? 'none'
}

/** One line without oclif's templates and colours. */
function firstLine(text = ''): string {
  return (text.split('\n')[0] ?? '').replace(/<%=.*?%>/g, 'gonative').trim()
}

/** Commands of more than one word. */
export function subcommands(model: readonly CommandModel[]): CommandModel[] {
  return model.filter(({ name }) => name.includes(' '))
}

/** The commands' first words, each with what is said of it. */
export function firstWords(model: readonly CommandModel[]): { word: string; about: string }[] {
  const words = [...new Set(model.map(({ name }) => name.split(' ')[0] ?? name))]
  return words.map((word) => ({ word, about: model.find(({ name }) => name === word)?.about ?? '' }))
}

/** Every flag that takes a value, by each of its names. The first command that has it speaks for all. */
export function valuedFlags(model: readonly CommandModel[]): Map<string, Values> {
  const found = new Map<string, Values>()
  for (const { name, short, values } of model.flatMap(({ flags }) => flags)) {
    if (values === undefined) continue
    for (const each of [name, short]) if (each !== undefined && !found.has(each)) found.set(each, values)
  }
  return found
}

/** The words that make commands of their own after a first: `export` and `import` after `graft`. */
export function secondWords(model: readonly CommandModel[], first: string): { word: string; about: string }[] {
  return subcommands(model).flatMap(({ name, about }) =>
    name.startsWith(`${first} `) ? [{ word: name.slice(first.length + 1), about }] : [],
  )
}
