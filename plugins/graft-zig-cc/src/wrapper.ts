/**
 * A graft's `cc.sh` and `c++.sh`, made from the workarounds that apply. They are sourced by gonative-cc hundreds of times
 * in a build: builtins only, one look at every argument, and a new list only when something has to change.
 */
import { within } from './dotted.js'
import { quoted, quotedDirectory, quotedHome } from './quoted.js'
import { responseFile, type Edit } from './response.js'
import { pattern, sentence, word } from './sh.js'
import type { TargetRow } from './triples.js'
import { workarounds, type Workaround } from './workarounds.js'

export interface WrapperOf {
  row: TargetRow
  triple: string
  go: string
  zig: string
}

/** The rows that hold for a target with these versions of Go and zig, in the table's order. */
export function applying({ row, triple, go, zig }: WrapperOf, table = workarounds): Workaround[] {
  return table.filter(
    (w) =>
      (w.goos === undefined || w.goos.includes(row.goos)) &&
      (w.goarch === undefined || w.goarch.includes(row.goarch)) &&
      (w.libc === undefined || triple.includes(w.libc)) &&
      within(go, w.go) &&
      within(zig, w.zig),
  )
}

/** The text of `cc.sh` or `c++.sh`: `$home` is the store, `$graft` the graft's directory, `$cache` its
 * cache, `$@` the arguments. */
export function compilerScript(tool: 'cc' | 'c++', of: WrapperOf, table = workarounds): string {
  const rows = applying(of, table)
  const answers = rows.flatMap(({ action }) => ('programs' in action ? Object.entries(action.programs) : []))
  const told = rows.flatMap(({ action }) => ('answers' in action ? Object.entries(action.answers) : []))
  const edits = rows.flatMap(({ action }) => editsOf(action))
  const begin = rows.flatMap(({ action }) => ('begin' in action ? action.begin : []))
  const added = (when: string) =>
    rows.flatMap(({ action }) => ('add' in action && action.when === when ? action.add : []))
  const [always, linking, linkingGo] = [added('always'), added('linking'), added('linking-go')]
  const last = rows.flatMap(({ action }) => ('last' in action ? lastOf(action) : []))
  const trial = rows.flatMap(({ action }) => ('trial' in action ? action.trial : []))
  const refusals = rows.flatMap((row) => ('refuse' in row.action ? [{ ...row, patterns: row.action.refuse }] : []))
  const before = rows.flatMap(({ action }) => ('before' in action ? action.before : []))
  const after = rows.flatMap(({ action }) => ('after' in action ? action.after : []))
  const zig = `"$home/compilers/zig-${of.zig}/zig" ${tool} ${target(of)} ${words(begin)} "$@"`
  const patterns = edits.map((edit) => edit.pattern).join(' | ')
  return [
    `# zig ${of.zig} as the ${tool} of ${of.row.goos}/${of.row.goarch}, with the workarounds`,
    ...rows.map((row) => `# - ${row.id}: ${row.reason}`),
    ...cacheLines,
    ...quotedHome(of.zig),
    'linking=1 changed= go= refused= previous= last= lastlink= trial=',
    'for argument do',
    '  case $previous$argument in',
    ...answers.flatMap(([name, program]) => [
      `  --print-prog-name=${name} | -print-prog-name=${name} | --print-prog-name${name} | -print-prog-name${name})`,
      `    echo ${word(program)}`,
      '    exit 0',
      '    ;;',
    ]),
    ...told.flatMap(([asked, text]) => [
      `  ${pattern(asked)})`,
      `    echo ${sentence(text.replace('{zig}', of.zig))}`,
      '    exit 0',
      '    ;;',
    ]),
    '  esac',
    '  previous=',
    '  case $argument in',
    '  -c | -S | -E | -fsyntax-only) linking= ;;',
    '  --print-prog-name | -print-prog-name) previous=$argument ;;',
    ...last.map(({ present, list, put }) => `  ${present}) ${list}="$${list} ${put}" ;;`),
    ...(linkingGo.length + refusals.length === 0 ? [] : [`  ${goObject}) go=1 ;;`]),
    ...refusals.map((row) => `  ${row.patterns.map((text) => pattern(text)).join(' | ')}) refused=${word(row.id)} ;;`),
    ...(edits.length === 0 ? [] : [`  ${patterns}) changed=1 ;;`, '  @?*) changed=1 go=1 ;;']),
    `  ${quoted}) changed=1 ;;`,
    '  esac',
    ...(trial.length === 0 ? [] : ['  case $argument in', '  _cgo_.o | */_cgo_.o) trial=1 changed=1 ;;', '  esac']),
    'done',
    ...(refusals.length === 0 ? [] : refusing(refusals)),
    ...rewriting(edits, trial),
    ...before.map((line) => line.replace('{zig}', of.zig)),
    ...(always.length === 0 ? [] : [`set -- "$@" ${words(always)}`]),
    ...(linking.length === 0 ? [] : [`[ -z "$linking" ] || set -- "$@" ${words(linking)}`]),
    ...(linkingGo.length === 0 ? [] : [`[ "$linking$go" != 11 ] || set -- "$@" ${words(linkingGo)}`]),
    // Plain flags without a space in them (sh.ts), so that splitting is what is wanted.
    ...(last.length === 0 ? [] : ['[ -z "$linking" ] || last="$last$lastlink"', 'set -- "$@" $last']),
    ...forVariant(of),
    ...(after.length === 0
      ? [`exec ${zig}`]
      : [`[ -n "$linking" ] || exec ${zig}`, zig, 'status=$?', ...after, 'exit "$status"']),
    '',
  ].join('\n')
}

/** What Go's linker calls its own object, in a directory of its own (hostlinksetup in cmd/link/internal/ld/lib.go). */
const goObject = '*/go.o'

/** Ends a link of Go's object that one of these rows refuses, with the row's reason. */
function refusing(rows: Workaround[]): string[] {
  return [
    '[ "$linking$go" = 11 ] || refused=',
    'case $refused in',
    ...rows.flatMap(({ id, reason }) => [
      `${word(id)})`,
      `  echo ${sentence(`gonative: ${reason}`)} >&2`,
      '  exit 1',
      '  ;;',
    ]),
    'esac',
  ]
}

/** Which flags choose the target: for a row that follows a variant, those that `forVariant` has found. */
function target({ row, triple }: WrapperOf): string {
  return row.follows === undefined ? `-target ${triple}` : '-target "$triple" "-mcpu=$cpu"'
}

/**
 * Sets `triple` and `cpu` from the variable that chooses Go's own variant. Go has it in every compiler's environment and
 * in its cache key (mkEnv of cmd/go/internal/envcmd, buildActionID of work), so C code never needs more than Go's does,
 * whichever way the variant was chosen.
 */
function forVariant({ row, triple }: WrapperOf): string[] {
  if (row.follows === undefined) return []
  const { variable, cases } = row.follows
  return [
    `case \${${variable}-} in`,
    ...cases.flatMap(({ values, cpu, soft, source }) => {
      const abi = soft === undefined ? triple : triple.replace('eabihf', 'eabi')
      return [
        `${values.map((value) => pattern(value)).join(' | ')})`,
        `  triple=${word(abi)} cpu=${word(cpu)}`,
        ...(source === undefined ? [] : withSource(source)),
        '  ;;',
      ]
    }),
    'esac',
  ]
}

/** One more source at a link. What only asks the compiler something names no output, and is left alone. */
function withSource(file: string): string[] {
  return ['  case $linking" $* " in', `  1*" -o "*) set -- "$@" -x c ${word(`{graft}/${file}`)} -x none ;;`, '  esac']
}

/** The text of `ar.sh`. */
export function archiverScript(of: WrapperOf): string {
  return [...cacheLines, `exec "$home/compilers/zig-${of.zig}/zig" ar "$@"`, ''].join('\n')
}

/**
 * The user's own choice of zig's caches wins. C libraries are in the global one; the local one gets an object of every
 * C file, which the go command keeps as well, so that it can be deleted at any time.
 */
const cacheLines = [
  ': "${ZIG_GLOBAL_CACHE_DIR:=$cache}"',
  ': "${ZIG_LOCAL_CACHE_DIR:=$ZIG_GLOBAL_CACHE_DIR/objects}"',
  'export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR',
]

function editsOf(action: Workaround['action']): Edit[] {
  if ('drop' in action) return action.drop.map((text) => ({ pattern: pattern(text), words: [] }))
  if (!('replace' in action)) return []
  return Object.entries(action.replace).map(([text, by]) => ({ pattern: pattern(text), words: by }))
}

/** Which argument, when it is present, puts which into one of the script's two lists. */
function lastOf(action: Extract<Workaround['action'], { last: unknown }>) {
  const list = action.when === 'always' ? 'last' : 'lastlink'
  return Object.entries(action.last).map(([present, put]) => ({ present: pattern(present), list, put: word(put) }))
}

/**
 * Builds the new list as a text of references (`"${1}" "${3}"`) and evaluates it once: that keeps arguments of any bytes
 * whole, and takes time in proportion to their number, where `set -- "$@" …` in a loop would take its square.
 */
function rewriting(edits: Edit[], trial: string[]): string[] {
  return [
    'if [ -n "$changed" ]; then',
    ...(trial.length === 0 ? [] : ['  [ -z "$linking" ] || [ -z "$trial" ] || trial=yes']),
    '  number=0 kept= descriptor=9',
    '  for argument do',
    '    number=$((number + 1))',
    ...trial.map((text) => `    case $trial$argument in yes${pattern(text)}) continue ;; esac`),
    '    case $argument in',
    ...edits.map(
      (edit) => `    ${edit.pattern}) kept="$kept${edit.words.map((text) => ` ${word(text)}`).join('')}" ;;`,
    ),
    ...(edits.length === 0 ? [] : responseFile(edits)),
    ...quotedDirectory,
    '    *) kept="$kept \\"\\${$number}\\"" ;;',
    '    esac',
    '  done',
    '  eval "set -- $kept"',
    'fi',
  ]
}

function words(texts: string[]): string {
  return texts.map((text) => word(text)).join(' ')
}
