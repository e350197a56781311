/**
 * `setup`: the user's shell files get a marked block that puts the shims on PATH and loads the completions, and lose it
 * again without a trace.
 */
import { join } from 'node:path'
import { GonativeError } from '../errors.js'
import type { Layout } from '../store/layout.js'
import { completionLines } from './completions/completions.js'
import { readBytes, removeFile, replaceContent } from './shell-file.js'
import { envScript, type Shell } from './shells.js'

const begin = '# >>> gonative >>>\n'
const made = '# This file was made by gonative setup.\n'
const end = '# <<< gonative <<<\n'

export interface SetupRequest {
  shell: Shell
  layout: Layout
  /** The user's home directory. */
  home: string
  env: Readonly<Record<string, string | undefined>>
  /** Node's name of the platform. */
  platform: string
}

/** A shell file, and the lines for it. */
export interface SetupStep {
  file: string
  lines: string
}

/** Which files `setup` changes, and what it puts there. Reads the names that are there, writes nothing. */
export async function setupPlan(request: SetupRequest): Promise<SetupStep[]> {
  const lines = envScript(request.shell, request.layout) + completionLines(request.shell, request.layout)
  return (await shellFiles(request)).map((file) => ({ file, lines }))
}

async function shellFiles({ shell, home, env, platform }: SetupRequest): Promise<string[]> {
  const config = env.XDG_CONFIG_HOME ?? join(home, '.config')
  switch (shell) {
    case 'zsh':
      return [join(env.ZDOTDIR ?? home, '.zshrc')]
    case 'fish':
      return [join(config, 'fish', 'conf.d', 'gonative.fish')]
    case 'powershell': {
      const folder = platform === 'win32' ? join(home, 'Documents', 'PowerShell') : join(config, 'powershell')
      return [join(folder, 'profile.ps1')] // of all its hosts: the terminal's, VS Code's
    }
    case 'bash': {
      const rc = join(home, '.bashrc')
      // Terminals on macOS open login shells, and those don't read .bashrc.
      return platform === 'darwin' ? [rc, await bashProfile(home)] : [rc]
    }
  }
}

/** The file that a bash login shell reads: the first there is, so that a new one does not hide it (bash(1), INVOCATION). */
async function bashProfile(home: string): Promise<string> {
  const [first = '', ...others] = ['.bash_profile', '.bash_login', '.profile'].map((name) => join(home, name))
  for (const file of [first, ...others]) {
    if ((await readBytes(file)) !== undefined) return file
  }
  return first
}

/**
 * Puts the block at the end of the file, or renews the one that is there. Returns whether the file was changed.
 * @throws GonativeError when the block in the file has lost its end.
 */
export async function applySetup({ file, lines }: SetupStep): Promise<boolean> {
  const before = await readBytes(file)
  const text = before ?? ''
  const block = findBlock(text, file)
  const isMade = before === undefined || block?.text.includes(made) === true
  const wanted = `${begin}${isMade ? made : ''}${Buffer.from(lines).toString('latin1')}${end}`
  if (block) {
    if (block.text === wanted) return false
    await replaceContent(file, text.slice(0, block.from) + wanted + text.slice(block.to))
    return true
  }
  // A newline of ours always precedes the block: it ends a line that had none, or else leaves a blank one.
  await replaceContent(file, text === '' ? wanted : `${text}\n${wanted}`)
  return true
}

/** Takes the block out again, and the file with it if it was made for the block. Returns whether it was changed. */
export async function undoSetup({ file }: Pick<SetupStep, 'file'>): Promise<boolean> {
  const text = await readBytes(file)
  const block = text === undefined ? undefined : findBlock(text, file)
  if (text === undefined || !block) return false
  const [head, tail] = [text.slice(0, block.from), text.slice(block.to)]
  // The newline before the block is ours, unless lines have been written round the block since.
  const ours = head.endsWith('\n\n') || (tail === '' && head.endsWith('\n'))
  const rest = (ours ? head.slice(0, -1) : head) + tail
  if (rest === '' && block.text.includes(made)) await removeFile(file)
  else await replaceContent(file, rest)
  return true
}

function findBlock(text: string, file: string): { from: number; to: number; text: string } | undefined {
  const from = text.startsWith(begin) ? 0 : text.indexOf(`\n${begin}`) + 1
  if (from === 0 && !text.startsWith(begin)) return undefined
  const last = text.indexOf(`\n${end}`, from)
  if (last < 0) {
    throw new GonativeError('SETUP_DAMAGED', `the gonative block in ${file} has lost its last line`, {
      hint: `Remove what is left of it, from the line '${begin.trim()}' on.`,
    })
  }
  const to = last + 1 + end.length
  return { from, to, text: text.slice(from, to) }
}
