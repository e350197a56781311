/** A section or segment: where it is in the file and where in memory. */
export interface Region {
  name: string
  /** In memory; 0 in objects. */
  address: number
  /** In the file, in bytes. */
  offset: number
  /** What of it is in the file, in bytes. */
  size: number
}

/** Where in the file an address is, and how many bytes follow it there; null where no region has it. */
export function offsetOf(regions: readonly Region[], address: number): { offset: number; room: number } | null {
  const region = regions.find((one) => address >= one.address && address < one.address + one.size)
  if (!region) return null
  const inside = address - region.address
  return { offset: region.offset + inside, room: region.size - inside }
}
