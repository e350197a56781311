/** Reads what a directory says about its Go, going up. Nothing that is read is evaluated, or even looked at here. */
import { readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { GonativeError } from '../errors.js'
import type { Found, ProjectText } from './project.js'

/**
 * GONATIVE_GO; else the nearest `.go-version` or `.tool-versions` that names a version; else the nearest go.work (or
 * the one that GOWORK names; none with GOWORK=off), else the nearest go.mod. What comes after the first that counts
 * is not read.
 * @throws GonativeError (usage) when such a file can't be read.
 */
export async function readProject(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProjectText> {
  const nothing: ProjectText = { environment: undefined, pin: undefined, module: undefined }
  if (env.GONATIVE_GO) return { ...nothing, environment: env.GONATIVE_GO }
  const directories = ancestors(await shellDirectory(cwd, env.PWD))
  for (const directory of directories) {
    const pin = await pinIn(directory)
    if (pin) return { ...nothing, pin }
  }
  const work = await workFile(directories, env.GOWORK)
  if (work !== undefined) return { ...nothing, module: { kind: 'go.work', ...(await readModule(work)) } }
  const mod = await nearestFile(directories, 'go.mod')
  if (mod !== undefined) return { ...nothing, module: { kind: 'go.mod', ...(await readModule(mod)) } }
  return nothing
}

/** Up from the directory as the shell and the go command name it: through a symbolic link, not to where it leads. */
async function shellDirectory(cwd: string, pwd: string | undefined): Promise<string> {
  if (pwd === undefined || !isAbsolute(pwd) || pwd.split('/').some((part) => part === '.' || part === '..')) return cwd
  const [named, real] = await Promise.all([stat(pwd).catch(() => undefined), stat(cwd).catch(() => undefined)])
  if (!named || !real) return cwd
  return named.ino === real.ino && named.dev === real.dev ? pwd : cwd
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory)
  return parent === directory ? [directory] : [directory, ...ancestors(parent)]
}

async function pinIn(directory: string): Promise<ProjectText['pin']> {
  const plain = join(directory, '.go-version')
  if (await isFile(plain)) {
    for (const { line, first, ...more } of await readLines(plain, '#')) {
      if (first !== '') return { kind: '.go-version', file: plain, line, text: joined(first, more.second, more.rest) }
    }
  }
  const tools = join(directory, '.tool-versions')
  if (await isFile(tools)) {
    for (const { line, first, second } of await readLines(tools, '#')) {
      if (first !== 'golang' && first !== 'go') continue
      return { kind: '.tool-versions', file: tools, line, text: second } // further ones are asdf's fallbacks
    }
  }
  return undefined
}

async function workFile(directories: string[], gowork: string | undefined): Promise<string | undefined> {
  if (gowork === 'off') return undefined
  if (!gowork || gowork === 'auto') return nearestFile(directories, 'go.work')
  return (await isFile(gowork)) ? gowork : undefined
}

/**
 * The first `go` and `toolchain` lines. After the `go` line nothing is sought behind the first `require` or `use`: the
 * go command writes both before, and the lists that follow are what makes these files long.
 */
async function readModule(file: string): Promise<{ go: Found | undefined; toolchain: Found | undefined }> {
  let go: Found | undefined
  let toolchain: Found | undefined
  for (const { line, first, second, rest } of await readLines(file, '//')) {
    if (go && /^(require|use)/.test(first)) break
    if (second === '') continue
    const found = { file, line, text: joined(second, rest) }
    if (first === 'go') go ??= found
    if (first === 'toolchain') toolchain ??= found
  }
  return { go, toolchain }
}

function joined(...words: string[]): string {
  return words.filter((word) => word !== '').join(' ')
}

interface Words {
  /** From 1. */
  line: number
  /** The first two words and the rest of a line, each maybe empty. */
  first: string
  second: string
  rest: string
}

/** The lines' words, without comments. Blanks and tabs separate; a CR at a word's end is dropped (go.sh: gn_words). */
async function readLines(file: string, comment: string): Promise<Words[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new GonativeError('UNREADABLE', `${file} cannot be read`, { exit: 'usage', cause: error })
  })
  return text.split('\n').map((raw, index) => {
    const [content = ''] = raw.split(comment)
    const words = /^[ \t]*([^ \t]*)[ \t]*([^ \t]*)[ \t]*(.*?)[ \t]*$/s.exec(content) ?? []
    const [first = '', second = '', rest = ''] = words.slice(1).map((word) => word.replace(/[\r\v\f]$/, ''))
    return { line: index + 1, first, second, rest }
  })
}

async function nearestFile(directories: string[], name: string): Promise<string | undefined> {
  for (const directory of directories) {
    const file = join(directory, name)
    if (await isFile(file)) return file
  }
  return undefined
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
}
