/** Which Go is in force: one table for `decide` and for the shim. `where` is a file of the project with its line. */
export interface ResolutionCase {
  name: string
  installed?: string[]
  default?: string
  env?: Record<string, string>
  /** By path in the project; the command runs in `sub/dir` of it. A value of null is a directory. */
  files?: Record<string, string | null>
  expected:
    | { version: string; from: string }
    /** Exit 5, and what to install. */
    | { missing: string; from: string }
    /** Exit 2. */
    | { refused: string }
    /** Exit 5: nothing asks for a Go. */
    | 'nothing'
}

const installed = ['1.4.3', '1.19.13', '1.20.14', '1.20', '1.21.0', '1.22.1', '1.22.12', '1.26.8', '1.27.4']
const usual = { installed, default: '1.26.8' }

export const resolutionCases: ResolutionCase[] = [
  { name: 'without files the default is in force', ...usual, expected: { version: '1.26.8', from: 'the default' } },
  { name: 'without a default nothing is', installed, expected: 'nothing' },
  {
    name: 'a default that is not installed is missing',
    installed,
    default: '1.25.1',
    expected: { missing: '1.25.1', from: 'the default' },
  },
  // GONATIVE_GO
  {
    name: 'GONATIVE_GO goes before every file',
    ...usual,
    env: { GONATIVE_GO: '1.22.1' },
    files: { 'sub/dir/.go-version': '1.19.13' },
    expected: { version: '1.22.1', from: 'GONATIVE_GO' },
  },
  {
    name: 'GONATIVE_GO may be a line',
    ...usual,
    env: { GONATIVE_GO: 'go1.22' },
    expected: { version: '1.22.12', from: 'GONATIVE_GO' },
  },
  {
    name: 'an empty GONATIVE_GO does not count',
    ...usual,
    env: { GONATIVE_GO: '' },
    expected: { version: '1.26.8', from: 'the default' },
  },
  {
    name: 'GONATIVE_GO as a path is refused',
    ...usual,
    env: { GONATIVE_GO: '../go1.22.1' },
    expected: { refused: 'GONATIVE_GO' },
  },
  {
    name: 'GONATIVE_GO as a command is refused',
    ...usual,
    env: { GONATIVE_GO: '$(touch bad)' },
    expected: { refused: 'GONATIVE_GO' },
  },
  // pins
  ...pin('an exact pin', '1.22.1\n', '1.22.1'),
  ...pin('a pin with go in front', 'go1.22.1\n', '1.22.1'),
  ...pin('a partial pin', '1.22\n', '1.22.12'),
  ...pin('a pin without a newline', '1.22.1', '1.22.1'),
  ...pin('a pin with CRLF', '1.22.1\r\n', '1.22.1'),
  ...pin('a pin with blanks, tabs and a comment', ' \t1.22.1 \t # ours\n', '1.22.1'),
  ...pin('a comment that touches the pin', '1.22.1#ours', '1.22.1'),
  ...pin('1.20 as a line', '1.20', '1.20.14'),
  ...pin('1.20.0 as the first release of 1.20', '1.20.0', '1.20'),
  {
    name: 'comments, blank lines and CRLF before a pin are skipped',
    ...usual,
    files: { '.go-version': '# ours\r\n\r\n   \n1.22.1\r\n1.19.13\n' },
    expected: { version: '1.22.1', from: '.go-version:4' },
  },
  {
    name: 'an empty .go-version is passed over',
    ...usual,
    files: { 'sub/dir/.go-version': '\n# nothing\n', '.go-version': '1.22.1' },
    expected: { version: '1.22.1', from: '.go-version:1' },
  },
  {
    name: 'a directory named .go-version is passed over',
    ...usual,
    files: { 'sub/dir/.go-version': null, '.go-version': '1.22.1' },
    expected: { version: '1.22.1', from: '.go-version:1' },
  },
  {
    name: 'the nearest pin counts',
    ...usual,
    files: { 'sub/.go-version': '1.19.13', '.go-version': '1.22.1' },
    expected: { version: '1.19.13', from: 'sub/.go-version:1' },
  },
  {
    name: 'a nearer .tool-versions goes before a .go-version further up',
    ...usual,
    files: { 'sub/.tool-versions': 'golang 1.19.13', '.go-version': '1.22.1' },
    expected: { version: '1.19.13', from: 'sub/.tool-versions:1' },
  },
  {
    name: '.go-version goes before .tool-versions beside it',
    ...usual,
    files: { '.tool-versions': 'golang 1.19.13', '.go-version': '1.22.1' },
    expected: { version: '1.22.1', from: '.go-version:1' },
  },
  {
    name: '.tool-versions: the golang line among others',
    ...usual,
    files: { '.tool-versions': '# tools\r\nnodejs 20.1.0\r\ngolang\t1.22.1 1.19.13 # fallback\r\n' },
    expected: { version: '1.22.1', from: '.tool-versions:3' },
  },
  {
    name: '.tool-versions: a go line',
    ...usual,
    files: { '.tool-versions': 'gohugo 0.1\ngo 1.21\n' },
    expected: { version: '1.21.0', from: '.tool-versions:2' },
  },
  {
    name: '.tool-versions without Go is passed over',
    ...usual,
    files: { 'sub/.tool-versions': 'nodejs 20\n', '.go-version': '1.22.1' },
    expected: { version: '1.22.1', from: '.go-version:1' },
  },
  {
    name: 'a pin goes before a nearer go.mod',
    ...usual,
    files: { 'sub/go.mod': 'module x\n\ngo 1.27.0\n', '.go-version': '1.19' },
    expected: { version: '1.19.13', from: '.go-version:1' },
  },
  {
    name: 'an exact pin that is not installed is missing, however close the others are',
    ...usual,
    files: { '.go-version': '1.22.2' },
    expected: { missing: '1.22.2', from: '.go-version:1' },
  },
  {
    name: 'a line with nothing installed is missing',
    ...usual,
    files: { '.go-version': '1.18' },
    expected: { missing: '1.18', from: '.go-version:1' },
  },
  {
    name: 'a line of which only a candidate is installed has that',
    installed: ['1.28rc1', '1.28rc2', '1.28beta1'],
    files: { '.go-version': '1.28' },
    expected: { version: '1.28rc2', from: '.go-version:1' },
  },
  {
    name: 'a line has a release rather than a candidate',
    installed: ['1.28rc2', '1.28.0'],
    files: { '.go-version': '1.28' },
    expected: { version: '1.28.0', from: '.go-version:1' },
  },
  {
    name: 'a candidate is had by name',
    installed: ['1.28rc2', '1.28.0'],
    files: { '.go-version': '1.28rc2' },
    expected: { version: '1.28rc2', from: '.go-version:1' },
  },
  ...refusedPins(
    ...['../../evil', '/opt/go', '--version', '-1.22', '1.22 1.21', '$(touch bad)', '`touch bad`', '1.22;touch bad'],
    ...['latest', '1', 'v1.22.1', '1.022.1', '1.22.01', '1.22.', '1..2', '1.2.-5', '1.2.3.4', '1.22rc', '1.22.1rc1'],
    ...['1.99999', '1.2*', '01.2', '0.2', '.22', '1.99999999999999999999', '1.22x', "'1.22'", 'go go1.22'],
  ),
  {
    name: '.tool-versions with a path is refused',
    ...usual,
    files: { '.tool-versions': 'nodejs 20\ngolang path:/opt/go\n' },
    expected: { refused: '.tool-versions:2' },
  },
  {
    name: '.tool-versions with no version is refused',
    ...usual,
    files: { '.tool-versions': 'golang\n' },
    expected: { refused: '.tool-versions:1' },
  },
  // go.mod and go.work
  ...mod('the default satisfies go.mod', 'module x\n\ngo 1.22.5\n', { version: '1.26.8', from: 'go.mod:3' }),
  ...mod('the default satisfies its own version', 'go 1.26.8\n', { version: '1.26.8', from: 'go.mod:1' }),
  ...mod('a later minor has its newest', 'module x\n\ngo 1.27.1\n', { version: '1.27.4', from: 'go.mod:3' }),
  ...mod('a later patch than any is missing exactly', 'go 1.27.9', { missing: '1.27.9', from: 'go.mod:1' }),
  ...mod('a later line than any is missing', 'go 1.28', { missing: '1.28', from: 'go.mod:1' }),
  ...mod('the toolchain line counts when it is larger', 'go 1.22.0\ntoolchain go1.27.0\n', {
    version: '1.27.4',
    from: 'go.mod:2',
  }),
  ...mod('the go line counts when it is larger', 'go 1.27.0\ntoolchain go1.22.1\n', {
    version: '1.27.4',
    from: 'go.mod:1',
  }),
  ...mod('equal lines are the go line', 'toolchain go1.27.0\ngo 1.27.0\n', { version: '1.27.4', from: 'go.mod:2' }),
  ...mod('a toolchain with a suffix', 'go 1.22.0\ntoolchain go1.27.3-acme.2\n', {
    version: '1.27.4',
    from: 'go.mod:2',
  }),
  ...mod('toolchain default asks for nothing that the default does not satisfy', 'go 1.22\ntoolchain default\n', {
    version: '1.26.8',
    from: 'go.mod:1',
  }),
  ...mod('toolchain default leaves the go line a minimum', 'go 1.27.0\ntoolchain default\n', {
    version: '1.27.4',
    from: 'go.mod:1',
  }),
  ...mod('toolchain local is toolchain default', 'toolchain local\r\ngo 1.27.0\n', {
    version: '1.27.4',
    from: 'go.mod:2',
  }),
  ...mod('toolchain default without a go line leaves it to the default', 'module x\ntoolchain default\n', {
    version: '1.26.8',
    from: 'the default',
  }),
  ...mod('no go line leaves it to the default', 'module x\n\nrequire a.b/c v1.2.3\n', {
    version: '1.26.8',
    from: 'the default',
  }),
  ...mod('comments and CRLF', '// go 1.28\r\nmodule x // go 1.28\r\n\r\ngo 1.27.0//least\r\n', {
    version: '1.27.4',
    from: 'go.mod:4',
  }),
  ...mod('the first go line counts', '\tgo\t1.27.0 // a\ngo 1.99.0\n', { version: '1.27.4', from: 'go.mod:1' }),
  ...mod('a go line behind the requirements', 'module x\nrequire (\n\tgo.uber.org/zap v1.2.3\n)\ngo 1.27.0\n', {
    version: '1.27.4',
    from: 'go.mod:5',
  }),
  ...mod(
    'a toolchain line behind the requirements is not sought',
    'go 1.22.0\nrequire a.b/c v1.2.3\ntoolchain go1.27.0\n',
    {
      version: '1.26.8',
      from: 'go.mod:1',
    },
  ),
  ...mod('a go line of nonsense is refused', 'module x\ngo ../1.22\n', { refused: 'go.mod:2' }),
  ...mod('a go line of two versions is refused', 'module x\ngo 1.22 1.23\n', { refused: 'go.mod:2' }),
  ...mod('a toolchain line of nonsense is refused', 'go 1.22\ntoolchain /opt/go\n', { refused: 'go.mod:2' }),
  ...mod('a language version is less than its candidate', 'go 1.28\n', { version: '1.28rc1', from: 'go.mod:1' }, [
    '1.28rc1',
  ]),
  ...mod('a candidate is less than 1.28.0', 'go 1.28.0\n', { missing: '1.28.0', from: 'go.mod:1' }, ['1.28rc1']),
  ...mod('two lines of nonsense, of which the go line is named', 'toolchain /opt/go\ngo x\n', { refused: 'go.mod:2' }),
  ...mod('a large version is larger', 'go 1.9999.9999\ntoolchain go9999.9999.9998\n', {
    missing: '9999.9999.9998',
    from: 'go.mod:2',
  }),
  ...mod('1.9 is less than 1.26.8', 'go 1.9\n', { version: '1.26.8', from: 'go.mod:1' }),
  ...mod('the newest of the line satisfies its own version', 'go 1.27.4\n', { version: '1.27.4', from: 'go.mod:1' }),
  {
    name: 'a default that satisfies go.mod just so is not passed over for a newer patch',
    installed,
    default: '1.22.1',
    files: { 'go.mod': 'go 1.22.1\n' },
    expected: { version: '1.22.1', from: 'go.mod:1' },
  },
  {
    name: 'without a default go.mod has the newest of its line',
    installed,
    files: { 'go.mod': 'go 1.22\n' },
    expected: { version: '1.22.12', from: 'go.mod:1' },
  },
  {
    name: 'the nearest go.mod counts',
    ...usual,
    files: { 'sub/go.mod': 'go 1.27.0\n', 'go.mod': 'go 1.28\n' },
    expected: { version: '1.27.4', from: 'sub/go.mod:1' },
  },
  {
    name: 'go.work goes before a nearer go.mod',
    ...usual,
    files: { 'sub/go.mod': 'go 1.28\n', 'go.work': 'go 1.27.0\nuse ./sub\n' },
    expected: { version: '1.27.4', from: 'go.work:1' },
  },
  {
    name: 'a go.work without a go line leaves it to the default',
    ...usual,
    files: { 'sub/go.mod': 'go 1.28\n', 'go.work': 'use ./sub\n' },
    expected: { version: '1.26.8', from: 'the default' },
  },
  {
    name: 'GOWORK=off passes go.work over',
    ...usual,
    env: { GOWORK: 'off' },
    files: { 'go.mod': 'go 1.27.0\n', 'go.work': 'go 1.28\n' },
    expected: { version: '1.27.4', from: 'go.mod:1' },
  },
]

/** A pin, alone in .go-version. */
function pin(name: string, text: string, version: string): ResolutionCase[] {
  return [
    { name: `${name} counts`, ...usual, files: { '.go-version': text }, expected: { version, from: '.go-version:1' } },
  ]
}

function refusedPins(...texts: string[]): ResolutionCase[] {
  return texts.map((text) => ({
    name: `a pin of ${JSON.stringify(text)} is refused`,
    ...usual,
    files: { '.go-version': `# ours\n${text}\n` },
    expected: { refused: '.go-version:2' },
  }))
}

function mod(name: string, text: string, expected: ResolutionCase['expected'], more: string[] = []): ResolutionCase[] {
  return [
    {
      name: `go.mod: ${name}`,
      installed: [...installed, ...more],
      default: '1.26.8',
      files: { 'go.mod': text },
      expected,
    },
  ]
}
