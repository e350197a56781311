/**
 * The mark that OpenBSD wants on a program whose code has no landing pads for indirect branches (`-z nobtcfi`, a program
 * header of type PT_OPENBSD_NOBTCFI: cmd/link/internal/ld/elf.go). Without it a CPU that checks branches (IBT on amd64,
 * BTI on arm64) stops Go's code, and C's too as zig compiles it. zig's linker can write the header and zig does not let
 * one ask for it (`unsupported linker extension flag: -z nobtcfi`), so the wrapper turns PT_GNU_STACK, which OpenBSD
 * does not read, into it after the link. Both ports are ELF of 64 bits, little end first, with the headers LLD writes:
 * 56 bytes each, from byte 64 on.
 */

/** The new header: its type, PF_X for its flags, no place and no size. */
const header = String.raw`\350\333\243\145\001` + String.raw`\000`.repeat(51)

/** sh for after the link, with `$@` as the linker had it; a file that it can't mark ends the link as failed. */
export const markNobtcfi = [
  'if [ "$status" -eq 0 ]; then',
  '  output=a.out previous=',
  '  for argument do',
  '    [ "$previous" != -o ] || output=$argument',
  '    previous=$argument',
  '    case $argument in',
  '    @?*)',
  '      [ ! -r "${argument#@}" ] || while IFS= read -r line; do',
  `        [ "$previous" != '"-o"' ] || { line=\${line#?}; output=\${line%?}; }`,
  '        previous=$line',
  '      done <"${argument#@}"',
  '      ;;',
  '    esac',
  '  done',
  '  at=64',
  '  [ ! -f "$output" ] || set -- $(od -An -v -tx1 -j 64 -N 1120 -- "$output")',
  '  while [ -f "$output" ] && [ $# -ge 56 ]; do',
  '    case $1$2$3$4 in',
  '    51e57464)',
  `      printf '${header}' | dd of="$output" bs=1 seek="$at" conv=notrunc 2>/dev/null || status=1`,
  '      break',
  '      ;;',
  '    esac',
  '    shift 56',
  '    at=$((at + 56))',
  '  done',
  'fi',
]
