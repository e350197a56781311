/**
 * A graft's `cc.cmd` and `c++.cmd` for Windows hosts, from the same rows as the sh wrapper. cmd.exe can't take a command line
 * apart and keep its words whole, so the whole of it, in `%args%`, is searched and edited as one text, always with all of its
 * quotes: that keeps what is quoted safe from cmd.exe. What cannot be done that way is in `beyondCmd` and docs/windows.md.
 */
import { batchWord } from './batch.js'
import type { VariantCase } from './triples.js'
import type { Action, Workaround } from './workarounds.js'
import { applying, type WrapperOf } from './wrapper.js'
import { workarounds } from './workarounds.js'

/**
 * The text of `cc.cmd` or `c++.cmd`: `%home%` is the store, `%graft%` the graft's directory, `%cache%`
 * its cache, `%args%` the arguments.
 */
export function compilerBatch(tool: 'cc' | 'c++', of: WrapperOf, table = workarounds): string {
  const rows = applying(of, table).filter((row) => !beyondCmd(row))
  const adds = rows.flatMap(({ action }) => ('add' in action ? [action] : []))
  const begin = rows.flatMap(({ action }) => ('begin' in action ? action.begin : []))
  const linking = adds.filter(({ when }) => when === 'linking').flatMap(({ add }) => add)
  const always = adds.filter(({ when }) => when === 'always').flatMap(({ add }) => add)
  return batch([
    '@echo off',
    `rem zig ${of.zig} as the ${tool} of ${of.row.goos}/${of.row.goarch}, with the workarounds`,
    ...rows.map((row) => `rem - ${row.id}: ${row.reason.replaceAll('%', '%%')}`),
    ...caches,
    'set args= %args% ',
    'set last=',
    'set linking=1',
    ...['-c', '-E', '-fsyntax-only'].flatMap((flag) => whenPresent(flag, 'set linking=')),
    ...rows.flatMap(({ action }) => answersOf(action)),
    ...rows.flatMap(({ action }) => trialsOf(action)),
    ...rows.flatMap(({ action }) => lastOf(action)),
    ...rows.flatMap(({ action }) => editsOf(action)),
    ...(always.length === 0 ? [] : [`set args=%args%${words(always)} `]),
    ...(linking.length === 0 ? [] : [`if defined linking set last=${words(linking)}%last%`]),
    ...target(of),
    `"%home%\\compilers\\zig-${of.zig}\\zig.exe" ${tool} %target%${words(begin)} %args%%last%`,
    'exit /b %errorlevel%',
  ])
}

/** The text of `ar.cmd`. */
export function archiverBatch(of: WrapperOf): string {
  return batch([
    '@echo off',
    ...caches,
    `"%home%\\compilers\\zig-${of.zig}\\zig.exe" ar %args%`,
    'exit /b %errorlevel%',
  ])
}

/** What this file makes lines of. */
const followed = ['drop', 'replace', 'add', 'begin', 'last', 'trial', 'programs']

/**
 * Rows that the text edits of cmd.exe can't follow: a `*` in a search stands for all before it, not for a part of a word, and
 * a word with `=` in it can only be outdone, by the same flag with another value behind it.
 */
export function beyondCmd({ action }: Workaround): boolean {
  if (!Object.keys(action).some((kind) => followed.includes(kind))) return true
  if (patternsOf(action).some((pattern) => pattern.includes('*'))) return true
  if ('replace' in action) return Object.entries(action.replace).some(([text, by]) => !outdone(text, by))
  return 'drop' in action || 'trial' in action ? patternsOf(action).some((text) => text.includes('=')) : false
}

function outdone(text: string, by: string[]): boolean {
  const [flag = '', ...value] = text.split('=')
  return value.length === 0 || by.some((word) => word.startsWith(`${flag}=`))
}

function patternsOf(action: Action): string[] {
  if ('drop' in action) return action.drop
  if ('trial' in action) return action.trial
  if ('replace' in action) return Object.keys(action.replace)
  return 'last' in action ? Object.keys(action.last) : []
}

const caches = [
  'if not defined ZIG_GLOBAL_CACHE_DIR set "ZIG_GLOBAL_CACHE_DIR=%cache%"',
  'if not defined ZIG_LOCAL_CACHE_DIR set "ZIG_LOCAL_CACHE_DIR=%ZIG_GLOBAL_CACHE_DIR%\\objects"',
]

/**
 * Runs a command when a word is among the arguments, whatever its case. Everything up to the word is cut off, with a sign put
 * before; where the sign is still first, nothing was. A search can't have `=` in it, so the rest of such a word is looked at
 * after the cut; without quotes, because an `if` can't have a single one.
 */
function whenPresent(flag: string, command: string): string[] {
  const [search = '', ...rest] = flag.split('=')
  if (rest.length === 0) return whenFound(` ${search} `, command)
  const tail = `=${rest.join('=')} `
  return [...cut(` ${search}`, tail.length), `if "%found%"=="${tail}" ${command}`]
}

function whenFound(text: string, command: string): string[] {
  return [...cut(text, 2), `if not "%found%"=="@:" ${command}`]
}

/** Sets `found` to so many letters after a text, without quotes. No argument begins with the sign: no file has such a name. */
function cut(text: string, length: number): string[] {
  return [
    'set found=@:%args%',
    `set found=%found:*${text}=%`,
    `set found=%found:~0,${length}%`,
    'if defined found set found=%found:"=%',
  ]
}

/** Words left out of cgo's trial links, whose output may be quoted, and has a directory before it. */
function trialsOf(action: Action): string[] {
  if (!('trial' in action)) return []
  const drops = action.trial.map((text) => `if defined linking if defined trial set args=%args: ${batchWord(text)} = %`)
  return ['set trial=', ...whenFound('_cgo_.o', 'set trial=1'), ...drops, ...drops]
}

function answersOf(action: Action): string[] {
  if (!('programs' in action)) return []
  return Object.entries(action.programs).flatMap(([name, program]) =>
    [`--print-prog-name=${name}`, `-print-prog-name=${name}`, `--print-prog-name ${name}`].flatMap((question) =>
      whenPresent(question, `echo ${program}& exit /b 0`),
    ),
  )
}

function lastOf(action: Action): string[] {
  if (!('last' in action)) return []
  return Object.entries(action.last).flatMap(([present, put]) =>
    whenPresent(present, `${action.when === 'linking' ? 'if defined linking ' : ''}set last=%last%${words([put])}`),
  )
}

/** A word without `=` is replaced wherever it is; one with it stays, and what replaces it comes last, where it wins. */
function editsOf(action: Action): string[] {
  const edits: [string, string[]][] =
    'drop' in action ? action.drop.map((text) => [text, []]) : 'replace' in action ? Object.entries(action.replace) : []
  return edits.flatMap(([text, by]) => {
    if (text.includes('=')) return whenPresent(text, `set last=%last%${words(by)}`)
    // Twice, for a word that follows itself: the two share a space.
    const edit = `set args=%args: ${batchWord(text)} =${words(by)} %`
    return [edit, edit]
  })
}

/** Sets `target`: by the variant's variable where the row follows one, since the go command hands it to every compiler. */
function target({ row, triple }: WrapperOf): string[] {
  if (row.follows === undefined) return [`set target=-target ${triple}`]
  const { variable, cases } = row.follows
  const [usual] = cases.filter(({ values }) => values.includes('*'))
  const lines = variantValues.flatMap((value) => {
    const found = cases.find(({ values }) => values.some((pattern) => matches(pattern, value)))
    return found === undefined ? [] : forCase(triple, found, `if "%${variable}%"=="${value}" `)
  })
  return [...(usual === undefined ? [] : forCase(triple, usual, '')), ...lines]
}

/** Every value of GOARM since Go 1.22 (go.dev/doc/install/source#environment). */
const variantValues = ['5', '6', '7'].flatMap((level) => [level, `${level},softfloat`, `${level},hardfloat`])

function forCase(triple: string, { cpu, soft, source }: VariantCase, condition: string): string[] {
  const abi = soft === undefined ? triple : triple.replace('eabihf', 'eabi')
  const file = source === undefined ? '' : ` -x c "%graft%\\${source.replaceAll('/', '\\')}" -x none`
  return [
    `${condition}set target=-target ${abi} -mcpu=${cpu}`,
    ...(file === '' ? [] : [`if defined linking ${condition}set last=%last%${file}`]),
  ]
}

function matches(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`).test(value)
}

function words(texts: string[]): string {
  return texts.map((text) => ` ${batchWord(text)}`).join('')
}

/** Lines end as cmd.exe has them: it loses its way in files of another form. */
function batch(lines: string[]): string {
  return lines.map((line) => `${line}\r\n`).join('')
}
