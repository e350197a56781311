/** A word that sh reads as this text, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** `cc.sh` and its like for one program of the user's: says so when it has gone, else becomes it. */
export function runs(program: string, what: string, comment: string): string {
  return [
    `# ${comment}`,
    `program=${quoted(program)}`,
    'if [ ! -x "$program" ]; then',
    `  echo "gonative: $program is gone, with which the graft \${graft##*/} was made (${what});" \\`,
    '    "make the graft again from where it is now: gonative graft ${GOOS-}/${GOARCH-} --sysroot DIRECTORY" >&2',
    '  exit 1',
    'fi',
    'exec "$program" "$@"',
    '',
  ].join('\n')
}
