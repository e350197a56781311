// What the matrix builds: our example, real cgo modules, and a plugin that another program loads. Each prints a line that
// shows it at work. What a module does not support itself is a row in `unsupported`, with its reason.
import { join } from 'node:path'
import { root } from '../steps.mjs'

const directory = join(root, 'scripts', 'matrix', 'programs')

/**
 * @typedef {object} Program
 * @property {string} id a column of the table
 * @property {string} module what it is about, with its version where that is not in this repository
 * @property {string} directory where `go build` runs
 * @property {string} package below that
 * @property {boolean} [shared] built with -buildmode=c-shared, and loaded by loader/loader.c
 * @property {string[]} prints in its output when it works
 * @property {{goos: string, goarch?: string, why: string}[]} unsupported
 */

/** @type {Program[]} */
export const programs = [
  {
    id: 'hello-cgo',
    module: 'examples/hello-cgo',
    directory: join(root, 'examples', 'hello-cgo'),
    package: '.',
    prints: ['from C:     42, by clang', 'C library)'],
    unsupported: [],
  },
  {
    id: 'sqlite',
    module: 'github.com/mattn/go-sqlite3',
    directory,
    package: './sqlite',
    prints: [': 3 rows, weight 3.75, plain+naïve+日本'],
    unsupported: [],
  },
  {
    id: 'zstd',
    module: 'github.com/DataDog/zstd',
    directory,
    package: './zstd',
    prints: ['zstd: 124000 bytes back, the same: true, smaller: true'],
    unsupported: [],
  },
  {
    id: 'jieba',
    module: 'github.com/yanyiwu/gojieba',
    directory,
    package: './jieba',
    prints: ['jieba: 我/是/北京大学/的/学生/交叉编译'],
    unsupported: [],
  },
  {
    id: 'fluent-bit',
    module: 'github.com/fluent/fluent-bit-go',
    directory,
    package: './fluentbit',
    shared: true,
    prints: ['fluent-bit: counter, type 2, registered 0, ready 1, flushed 1, 2 records, left 1'],
    unsupported: [
      {
        goos: 'linux',
        goarch: '386',
        why: "position-independent Go for 386 crashes when zig's linker has linked it, and is refused (workaround 386-position-independent)",
      },
    ],
  },
]

/** The C program that loads the plugin. */
export const loader = join(directory, 'loader', 'loader.c')

/** Where go.mod and go.sum pin the modules. */
export const programsDirectory = directory
