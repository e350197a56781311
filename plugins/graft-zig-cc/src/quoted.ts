/**
 * Paths with a quote or a backslash. zig has the headers that were read listed in NMake's form, which cannot hold a name
 * with a quote and a space in it, nor a backslash (lib/std/Build/Cache/DepTokenizer.zig). Directories with such names,
 * zig's own and those of -I, are given to it by the name of an open descriptor, where the system has one.
 */

/** Such paths, in sh's case. */
export const quoted = String.raw`*\"* | *\\*`

/** Lines for a store with such a path: zig's own files by another name. */
export function quotedHome(zig: string): string[] {
  return [
    'case $home in',
    `${quoted})`,
    '  if [ -d /proc/self/fd ]; then',
    `    exec 9<"$home/compilers/zig-${zig}/lib"`,
    '    export ZIG_LIB_DIR=/proc/self/fd/9',
    '  fi',
    '  ;;',
    'esac',
  ]
}

/**
 * The case branch for directories among the arguments, in the loop that builds `kept`, with `descriptor` counting down
 * from 9. Descriptors of one digit are all that every sh has.
 */
export const quotedDirectory = [
  `    ${quoted})`,
  '      if [ -d "$argument" ] && [ -d /proc/self/fd ] && [ "$descriptor" -gt 3 ]; then',
  '        descriptor=$((descriptor - 1))',
  String.raw`        eval "exec $descriptor<\"\$argument\""`,
  '        kept="$kept /proc/self/fd/$descriptor"',
  '      else',
  String.raw`        kept="$kept \"\${$number}\""`,
  '      fi',
  '      ;;',
]
