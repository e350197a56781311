/** The machines that Go up to 1.4 compiles for, and where the source of their compilers is. */

/** The letter in the names of a machine's compilers, `8g` for 386: cmd/dist/build.c, gochars. */
export const letters: Readonly<Record<string, string>> = { 386: '8', amd64: '6', arm: '5' }

/** A machine's Go compiler, C compiler, assembler and linker, each in cmd/ under its name. The linker is built first. */
export function toolsOf(letter: string): string[] {
  return ['l', 'a', 'c', 'g'].map((kind) => letter + kind)
}

/**
 * What cmd/dist reads for them, from the root of the source: all machines' directories, for they include each other's
 * headers; the object files' library is libmach up to 1.2, liblink since; the runtime's headers moved in 1.4.
 */
export const source = {
  whole: [
    'VERSION',
    'include',
    'src/lib9',
    'src/libbio',
    'src/libmach',
    'src/liblink',
    ...['cc', 'gc', 'ld', 'dist', ...Object.values(letters).flatMap(toolsOf)].map((name) => `src/cmd/${name}`),
  ],
  headers: ['src/pkg/runtime', 'src/runtime'],
}

/** The libraries and directories before the tools, in cmd/dist's own order; which there are depends on the version. */
export const libraries = ['lib9', 'libbio', 'libmach', 'liblink', 'cmd/cc', 'cmd/gc']

/** Whether a Go version has a compiler for each machine: up to 1.4. */
export function hasCompilerEach(version: string): boolean {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0) <= 4
}
