/**
 * Response files. For long lists Go's linker writes its arguments to a file in a directory of its own, one quoted text a
 * line (passLongArgsInResponseFile in cmd/link/internal/ld/lib.go). What has to change in there is changed in a copy
 * beside it, which Go removes with that directory. Files of any other form are handed on as they are.
 */
import { word } from './sh.js'

/** What becomes of an argument. */
export interface Edit {
  /** In sh's case. */
  pattern: string
  /** What the argument becomes. */
  words: string[]
}

/** The case branch, in the loop that builds `kept`, for an argument that names a response file. */
export function responseFile(edits: Edit[]): string[] {
  const quoted = edits.map((edit) => `\\"${edit.pattern}\\"`)
  const printed = edits.map(({ words }) => words.map((text) => `printf '"%s"\\n' ${word(text)}; `).join(''))
  return [
    '    @?*)',
    '      file=${argument#@} ours=1 changed=',
    '      if [ -r "$file" ]; then',
    '        while IFS= read -r line || [ -n "$line" ]; do',
    '          case $line in',
    `          ${quoted.join(' | ')}) changed=1 ;;`,
    '          \\"*\\") ;;',
    '          *) ours= ;;',
    '          esac',
    '        done <"$file"',
    '      fi',
    '      if [ -n "$ours" ] && [ -n "$changed" ] && { true >"$file.gonative"; } 2>/dev/null; then',
    '        while IFS= read -r line; do',
    '          case $line in',
    ...quoted.map((line, i) => `          ${line}) ${printed[i] ?? ''};;`),
    `          *) printf '%s\\n' "$line" ;;`,
    '          esac',
    '        done <"$file" >"$file.gonative"',
    '        kept="$kept \\"\\${$number}.gonative\\""',
    '      else',
    '        kept="$kept \\"\\${$number}\\""',
    '      fi',
    '      ;;',
  ]
}
