/** Universal files: a Mach-O file, or an archive of some, for each of several machines (mach-o/fat.h). Big-endian. */
import { combine } from '../combine.js'
import { unsupported } from '../damaged.js'
import { blank, type Description, type Part } from '../inspection.js'
import type { Source } from '../source.js'
import { machOMachine } from './machines.js'

const most = 64
/** A Java class has the same magic, and its version in the place of the count: at least 45. */
const firstClassVersion = 45

/**
 * @param describePart reads what is in it
 * @throws GonativeError FILE_DAMAGED, or FORMAT_UNSUPPORTED for a Java class
 */
export async function describeUniversal(
  source: Source,
  describePart: (part: Source) => Promise<Description>,
): Promise<Description> {
  const header = await source.fields(0, 8, 'the universal header', false)
  const [wide, count] = [header.u32(0) === 0xcafebabf, header.u32(4)]
  if (!wide && (count & 0xffff) >= firstClassVersion) throw unsupported(source.name, 'a Java class')
  if (count === 0 || count > most) throw source.damaged(`${count} machines are claimed`, 4)
  const size = wide ? 32 : 20
  const table = await source.fields(8, count * size, 'the table of machines', false)
  const parts: Part[] = []
  let end = 8 + count * size
  for (let index = 0; index < count; index++) {
    const entry = table.part(index * size, size)
    const [at, length] = [entry.word(8, wide), entry.word(wide ? 16 : 12, wide)]
    const { machine, cpu } = machOMachine(entry.u32(0), entry.u32(4))
    const name = cpu ?? machine
    if (at < end) throw source.damaged(`the part for ${name} begins before what is before it ends`, 8 + index * size)
    end = at + length
    parts.push({ name, size: length, ...(await describePart(source.part(at, length, name))) })
  }
  return combine(blank('universal', 'universal'), parts)
}
