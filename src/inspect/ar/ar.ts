/** Describes an ar archive by its members: static libraries, Go's c-archives, what Go's compiler writes. */
import { GonativeError } from '../../errors.js'
import { combine } from '../combine.js'
import { blank, type Description, type Part } from '../inspection.js'
import type { Source } from '../source.js'
import { readMembers } from './members.js'

/** @param describeMember reads one of a known format @throws GonativeError FILE_DAMAGED, naming the member */
export async function describeArchive(
  source: Source,
  describeMember: (member: Source) => Promise<Description>,
): Promise<Description> {
  const parts: Part[] = []
  for (const { name, offset, size } of await readMembers(source)) {
    const member = source.part(offset, size, name)
    parts.push({ name, size, ...(await describeMember(member).catch(orOther)) })
  }
  return combine(blank('ar', 'archive'), parts)
}

/** Archives may hold anything: lists, bitcode, empty files. */
function orOther(error: unknown): Description {
  if (error instanceof GonativeError && error.code === 'FORMAT_UNSUPPORTED') return blank('other', 'other')
  throw error
}
