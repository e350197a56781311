// Whether a built file is what its target wants, by what is in it; its name says nothing.
import { floats, formats, machines, systemLibraries } from './expected.mjs'
import { targetEnv } from './variants.mjs'

/**
 * @param file what read-file.mjs says
 * @param row a row of the matrix; `floor` is the glibc that its graft was made for, as `2.17`
 * @param {{shared?: boolean}} program
 * @returns {string[]} what is wrong, a sentence each; empty for a good file
 */
export function wrongIn(file, row, { shared }, goVersion) {
  const wrong = []
  const want = (what, found, ...allowed) => {
    if (!allowed.includes(found)) wrong.push(`${what} is ${found}, not ${allowed.join(' or ')}`)
  }
  const machine = machines[row.goarch]
  want('format', file.format, formats[row.goos])
  want('kind', file.kind, ...(shared ? ['shared'] : ['executable', 'pie']))
  want('machine', file.machine, machine.machine)
  want('bits', file.bits, machine.bits)
  want('byte order', file.endian, machine.endian)
  want('system', file.os, row.goos)
  want('architecture', file.arch, row.goarch)
  const float = row.goos === 'linux' ? (floats[`${row.goarch}/${row.variant}`] ?? machine.float) : undefined
  if (float) want('float ABI', file.abi.float, ...float)
  want('Go', file.go?.version, `go${goVersion}`)
  want('cgo', file.cgo?.linked, true)
  for (const [name, value] of Object.entries(targetEnv(row))) want(name, file.go?.settings[name], value)
  return [...wrong, ...wrongLibraries(file, row, shared)]
}

function wrongLibraries(file, row, shared) {
  const wrong = []
  const known = systemLibraries[row.goos === 'linux' ? row.libc : row.goos]
  const strange = [...file.libraries, ...file.delayedLibraries].filter((name) => !known.test(name))
  if (strange.length > 0) wrong.push(`needs ${strange.join(', ')}`)
  if (row.libc === 'gnu') {
    if (!file.libraries.includes('libc.so.6')) wrong.push('does not need glibc')
    if (!shared && file.interpreter === null) wrong.push('has no interpreter')
    if (file.glibc !== null && newer(file.glibc, row.floor)) wrong.push(`needs glibc ${file.glibc}, over ${row.floor}`)
  }
  if (row.libc === 'musl' && !shared) {
    if (file.linkage !== 'static') wrong.push(`is ${file.linkage}, not static`)
    if (file.interpreter !== null) wrong.push(`has the interpreter ${file.interpreter}`)
  }
  return wrong
}

/** Whether a dotted number is greater than another. */
function newer(version, floor) {
  const [left, right] = [version, floor].map((text) => text.split('.').map(Number))
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if ((left[i] ?? 0) !== (right[i] ?? 0)) return (left[i] ?? 0) > (right[i] ?? 0)
  }
  return false
}
