/**
 * Debug information on MIPS: C compilers write it in sections of MIPS' own type (SHT_MIPS_DWARF), Go in plain ones, and
 * zig's linker, lld, refuses to join the two ("section type mismatch"; OutputSection::commitSection in lld/ELF). C's is
 * left out at the link and Go's kept: so it does not matter with which flags C was compiled, nor what a prebuilt
 * library holds, and cgo itself, which reads C's debug information, still finds it.
 */

/** Where in the graft. */
export const debugScriptFile = 'lib/mips-debug.ld'

/** For the linker's -T; INSERT makes it an addition to the linker's own layout, and no replacement. */
export const debugScript = `SECTIONS {
  /DISCARD/ : { *(EXCLUDE_FILE(*/go.o) .debug_*) }
} INSERT AFTER .text;
`
