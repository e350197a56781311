/**
 * Build attributes: what a compiler says of the ABI (Addenda to the ARM ABI, "Build Attributes"; RISC-V and GNU have the
 * same layout). Tags of the whole file only.
 */
import type { Fields } from '../fields.js'

/**
 * @param vendor whose attributes: `aeabi`, `riscv`, `gnu`
 * @returns tag to its number or text; the first wins
 */
export function readAttributes(fields: Fields, vendor: string): Map<number, number | string> {
  const found = new Map<number, number | string>()
  if (fields.length === 0 || fields.u8(0) !== 0x41) return found // 'A', the only version of the format
  for (let at = 1; at + 4 < fields.length;) {
    const block = fields.part(at, atLeast(fields, at, fields.u32(at), 5))
    const name = block.text(4)
    if (name === vendor) readVendor(block, 5 + name.length, vendor, found)
    at += block.length
  }
  return found
}

function readVendor(block: Fields, start: number, vendor: string, found: Map<number, number | string>): void {
  for (let at = start; at < block.length;) {
    const scope = block.leb(at)
    const size = atLeast(block, at, block.u32(scope.end), scope.end - at + 4)
    if (scope.value === 1) readTags(block.part(scope.end + 4, size - (scope.end + 4 - at)), vendor, found)
    at += size
  }
}

function readTags(fields: Fields, vendor: string, found: Map<number, number | string>): void {
  for (let at = 0; at < fields.length;) {
    const tag = fields.leb(at)
    const value = hasText(tag.value, vendor) ? textAt(fields, tag.end) : fields.leb(tag.end)
    if (!found.has(tag.value)) found.set(tag.value, value.value)
    // Tag_compatibility is a number and then a text.
    at = tag.value === 32 ? textAt(fields, value.end).end : value.end
  }
}

/** Odd tags are texts; of ARM's, those below 32 are numbers but for the processor's names. */
function hasText(tag: number, vendor: string): boolean {
  if (vendor === 'aeabi' && tag < 32) return tag === 4 || tag === 5
  return tag !== 32 && tag % 2 === 1
}

function textAt(fields: Fields, at: number): { value: string; end: number } {
  return { value: fields.text(at), end: fields.buffer.indexOf(0, at) + 1 }
}

/** A size that covers its own header: less would go round for ever. */
function atLeast(fields: Fields, at: number, size: number, least: number): number {
  if (size >= least) return size
  throw fields.wrong(`has a part that claims ${size} bytes`, at)
}
