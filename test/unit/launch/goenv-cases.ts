/**
 * What goenv's own tests of version-file, version-file-read, version-name and local ask (go-nv/goenv, test/), as questions
 * to gonative with its answers; where they differ on purpose, docs/version-files.md has the reason. `use --local` is in
 * test/command/version-files.test.ts.
 */
import type { ResolutionCase } from './resolution-cases.js'

const installed = ['1.9.7', '1.10.8', '1.11.1', '1.11.4', '1.26.8']
const usual = { installed, default: '1.26.8' }
const byDefault = { version: '1.26.8', from: 'the default' }
const pinned = (version: string, from: string) => ({ expected: { version, from: `${from}:1` } })

export const goenvCases: ResolutionCase[] = [
  // version-file: which file counts
  { name: 'goenv: no file anywhere: the default', ...usual, expected: byDefault },
  { name: 'goenv: nothing installed and no file: not the system’s go', expected: 'nothing' },
  {
    name: 'goenv: the file of this directory',
    ...usual,
    files: { 'sub/dir/.go-version': '1.11.1\n' },
    ...pinned('1.11.1', 'sub/dir/.go-version'),
  },
  {
    name: 'goenv: the file of a directory further up',
    ...usual,
    files: { '.go-version': '1.11.1\n' },
    ...pinned('1.11.1', '.go-version'),
  },
  {
    name: 'goenv: of two files the nearer one',
    ...usual,
    files: { '.go-version': '1.9.7\n', 'sub/dir/.go-version': '1.11.1\n' },
    ...pinned('1.11.1', 'sub/dir/.go-version'),
  },
  {
    name: 'goenv: a file further down does not count',
    ...usual,
    files: { 'sub/dir/x/.go-version': '1.9.7' },
    expected: byDefault,
  },
  {
    name: 'goenv: GOENV_DIR names no other directory',
    ...usual,
    env: { GOENV_DIR: '/' },
    files: { 'sub/.go-version': '1.11.1\n' },
    ...pinned('1.11.1', 'sub/.go-version'),
  },
  {
    name: 'goenv: go.mod counts without a switch to turn it on',
    installed,
    default: '1.9.7',
    env: { GOENV_GOMOD_VERSION_ENABLE: '0' },
    files: { 'go.mod': 'module x\n\ngo 1.11\n' },
    expected: { version: '1.11.4', from: 'go.mod:3' },
  },
  // version-file-read: what a file says
  { name: 'goenv: a blank file is passed over', ...usual, files: { '.go-version': '\n' }, expected: byDefault },
  { name: 'goenv: an empty file is passed over', ...usual, files: { '.go-version': '' }, expected: byDefault },
  {
    name: 'goenv: go.mod is a minimum and no pin',
    ...usual,
    files: {
      'go.mod': 'module x\n\ngo 1.11\n\nrequire (\n\ta.b/c v0.0.0-20220101000000-0123456789ab // indirect\n)\n',
    },
    expected: { version: '1.26.8', from: 'go.mod:3' },
  },
  {
    name: 'goenv: the toolchain line of go.mod, where the default is older',
    installed,
    default: '1.9.7',
    files: { 'go.mod': 'module x\n\ngo 1.11\n\ntoolchain go1.11.4\n\nrequire a.b/c v1.2.3\n' },
    expected: { version: '1.11.4', from: 'go.mod:5' },
  },
  {
    name: 'goenv: the go line of go.mod, where it is newer than the toolchain line',
    installed,
    default: '1.9.7',
    files: { 'go.mod': 'go 1.11\ntoolchain go1.10.8\n' },
    expected: { version: '1.11.4', from: 'go.mod:1' },
  },
  ...['1.11.1\n', '         1.11.1   \n', '1.11.1', '1.11.1\r\n', '1.11.1\n\n', 'go1.11.1\n'].map((text) => ({
    name: `goenv: ${JSON.stringify(text)}`,
    ...usual,
    files: { '.go-version': text },
    ...pinned('1.11.1', '.go-version'),
  })),
  {
    name: 'goenv: blank lines before the version',
    ...usual,
    files: { '.go-version': '\n\n1.11.1\n' },
    expected: { version: '1.11.1', from: '.go-version:3' },
  },
  {
    name: 'goenv: of several lines the first counts, and paths after it are nothing',
    ...usual,
    files: { '.go-version': '1.11.1\n1.10.8\n..\n./*\n1.9.7\n' },
    ...pinned('1.11.1', '.go-version'),
  },
  {
    name: 'goenv: a path in the first line is refused and not passed over',
    ...usual,
    files: { '.go-version': '../*\n1.11.1\n' },
    expected: { refused: '.go-version:1' },
  },
  // version-name: the version that follows
  {
    name: 'goenv: the environment goes before a file',
    ...usual,
    env: { GONATIVE_GO: '1.11.1' },
    files: { '.go-version': '1.10.8' },
    expected: { version: '1.11.1', from: 'GONATIVE_GO' },
  },
  {
    name: 'goenv: GOENV_VERSION is goenv’s own',
    ...usual,
    env: { GOENV_VERSION: '1.9.7' },
    expected: byDefault,
  },
  {
    name: 'goenv: a file goes before the default',
    ...usual,
    files: { '.go-version': '1.10.8\n' },
    ...pinned('1.10.8', '.go-version'),
  },
  // goenv's `system` is the Go that comes next on PATH; here one that was linked by that name: linked.test.ts.
  {
    name: 'goenv: a version from the environment that is not installed',
    ...usual,
    env: { GONATIVE_GO: '1.2' },
    expected: { missing: '1.2', from: 'GONATIVE_GO' },
  },
  ...['1.11.1:1.10.3', '1.10.3:1.11.1'].map((text) => ({
    name: `goenv: ${text}, two versions at a time, are refused`,
    ...usual,
    env: { GONATIVE_GO: text },
    expected: { refused: 'GONATIVE_GO' },
  })),
]
