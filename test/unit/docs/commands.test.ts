// What the documents tell a user to type: the commands and flags are there, and each example is what it says it is.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
interface Manifest {
  commands: Record<string, { flags: Record<string, { char?: string }> }>
}
const { commands } = JSON.parse(read('oclif.manifest.json')) as Manifest
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]

/** Commands in a text: from the word `gonative` to the end of the line, of the code, or of the command. */
function typed(text: string): string[][] {
  const code = [...text.matchAll(/^```\w*\n(.*?)^```|`([^`\n]+)`/gms)].map(([, block = '', span = '']) => block + span)
  const found = code.flatMap((part) => [...part.matchAll(/(?:^|[\s("&|])gonative ([a-z][^\n#;|&)"]*)/gm)])
  return found.map(([, words = '']) => words.trim().split(/\s+/))
}

function flagsOf([first = '', second = '']: string[]): string[] | undefined {
  const command = commands[`${first}:${second}`] ?? commands[first]
  if (!command) return undefined
  return Object.entries(command.flags).flatMap(([name, { char }]) => [`--${name}`, ...(char ? [`-${char}`] : [])])
}

test.each(pages)('%s names commands and flags that are there', (page) => {
  for (const words of typed(read(page))) {
    if (words[0] === 'plugins') continue // of oclif's own plugin
    const flags = flagsOf(words)
    expect(flags, words.join(' ')).toBeDefined()
    const end = words.indexOf('--')
    const own = (end < 0 ? words : words.slice(0, end)).filter((word) => word.startsWith('-'))
    const known = [...(flags ?? []), '--help', '--version']
    expect(
      own.filter((flag) => !known.includes(flag.replace(/=.*/, ''))),
      words.join(' '),
    ).toEqual([])
  }
})

test('the JSON in the documents is JSON', () => {
  const blocks = pages.flatMap((page) => [...read(page).matchAll(/^```json\n(.*?)^```/gms)])
  expect(blocks.length).toBeGreaterThan(0)
  for (const [, text = ''] of blocks) expect(() => JSON.parse(text) as unknown).not.toThrow()
})
