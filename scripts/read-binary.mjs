// Reads what a built program is from its own headers: format, machine, and the libraries that it asks for. Enough for
// the table that `npm run quickstart` prints; nothing but Node is needed.
import { readFileSync } from 'node:fs'

/** @returns {{format: string, machine: string, interpreter?: string, libraries: string[]}} of an ELF, PE or Mach-O file. */
export function readBinary(path) {
  const file = readFileSync(path)
  const magic = file.readUInt32BE(0)
  if (magic === 0x7f454c46) return readElf(file)
  if (magic >>> 16 === 0x4d5a) return readPe(file)
  if (magic === 0xcffaedfe) return readMachO(file)
  throw new Error(`${path} is neither ELF, PE nor Mach-O`)
}

/** Machines by their numbers in the ELF, COFF and Mach-O headers. */
const elfMachines = { 3: 'i386', 62: 'x86-64', 183: 'aarch64', 243: 'riscv64' }
const peMachines = { 0x14c: 'i386', 0x8664: 'x86-64', 0xaa64: 'aarch64' }
const machMachines = { 0x01000007: 'x86-64', 0x0100000c: 'arm64' }

function readElf(file) {
  const wide = file[4] === 2
  const word = (at) => (wide ? Number(file.readBigUInt64LE(at)) : file.readUInt32LE(at))
  const [headers, size, count] = wide
    ? [word(32), file.readUInt16LE(54), file.readUInt16LE(56)]
    : [word(28), file.readUInt16LE(42), file.readUInt16LE(44)]
  const segments = Array.from({ length: count }, (_, index) => {
    const at = headers + index * size
    return wide
      ? { type: file.readUInt32LE(at), offset: word(at + 8), address: word(at + 16), length: word(at + 32) }
      : { type: file.readUInt32LE(at), offset: word(at + 4), address: word(at + 8), length: word(at + 16) }
  })
  const offsetOf = (address) => {
    const load = segments.find((s) => s.type === 1 && address >= s.address && address < s.address + s.length)
    return load ? address - load.address + load.offset : -1
  }
  const interpreter = segments.find((segment) => segment.type === 3)
  const dynamic = segments.find((segment) => segment.type === 2)
  const entries = []
  const step = wide ? 8 : 4
  for (let at = dynamic?.offset ?? 0; dynamic && at < dynamic.offset + dynamic.length; at += 2 * step) {
    entries.push({ tag: word(at), value: word(at + step) })
  }
  const strings = offsetOf(entries.find((entry) => entry.tag === 5)?.value ?? -1)
  const needed = entries.filter((entry) => entry.tag === 1)
  return {
    format: `ELF ${wide ? 64 : 32}-bit`,
    machine: elfMachines[file.readUInt16LE(18)] ?? `machine ${file.readUInt16LE(18)}`,
    ...(interpreter ? { interpreter: text(file, interpreter.offset) } : {}),
    libraries: needed.map((entry) => text(file, strings + entry.value)),
  }
}

function readPe(file) {
  const header = file.readUInt32LE(0x3c)
  const optional = header + 24
  const wide = file.readUInt16LE(optional) === 0x20b
  const sections = Array.from({ length: file.readUInt16LE(header + 6) }, (_, index) => {
    const at = optional + file.readUInt16LE(header + 20) + index * 40
    return { size: file.readUInt32LE(at + 8), address: file.readUInt32LE(at + 12), offset: file.readUInt32LE(at + 20) }
  })
  const offsetOf = (address) => {
    const section = sections.find((s) => address >= s.address && address < s.address + s.size)
    return section ? address - section.address + section.offset : -1
  }
  const libraries = []
  const imports = offsetOf(file.readUInt32LE(optional + (wide ? 120 : 104)))
  for (let at = imports; at >= 0 && file.readUInt32LE(at + 12) !== 0; at += 20) {
    libraries.push(text(file, offsetOf(file.readUInt32LE(at + 12))))
  }
  return { format: wide ? 'PE32+' : 'PE32', machine: peMachines[file.readUInt16LE(header + 4)] ?? 'unknown', libraries }
}

function readMachO(file) {
  const libraries = []
  let at = 32
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const command = file.readUInt32LE(at)
    if (command === 0xc) libraries.push(text(file, at + file.readUInt32LE(at + 8)))
    at += file.readUInt32LE(at + 4)
  }
  return { format: 'Mach-O 64-bit', machine: machMachines[file.readUInt32LE(4)] ?? 'unknown', libraries }
}

function text(file, at) {
  return file.toString('latin1', at, file.indexOf(0, at))
}
