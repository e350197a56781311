/**
 * Holds what an archive contains against the checksum database, which Go's own toolchain switch trusts as well: a
 * module's `h1:` is over its files, so it is known after unpacking into staging, and before anything leaves it.
 */
import type { Verdict, Verifier } from 'gonative/contract'
import { reach, NoAnswer } from './access.js'
import { databaseFor } from './database.js'
import { hash1 } from './hash1.js'
import { lookUp } from './lookup.js'
import { subjectOf } from './subject.js'

const verifier: Verifier = {
  stage: 'contents',
  async verify(archive, release, _host, measured, context) {
    const subject = subjectOf(archive, release)
    if (subject === undefined) return notApplicable('no module of the checksum database has these contents')
    const database = await databaseFor(subject.module.path, context.go)
    if ('off' in database) return notApplicable(database.off)
    if (measured.contents === undefined) throw new Error('its contents were not measured')

    const { path, version } = subject.module
    try {
      const entry = await lookUp(subject.module, database, await reach(database, context), context)
      if (entry === undefined) return notApplicable(`${database.name} has no record of ${path}@${version}`)
      const found = hash1(subject.files(measured.contents))
      const where = `in the checksum database ${database.name}, record ${entry.id} of ${entry.size}`
      if (found === entry.h1)
        return { status: 'verified', evidence: `${found} ${where}, signature and inclusion proof checked` }
      const published = `${path}@${version} is ${entry.h1} ${where}`
      return {
        status: 'rejected',
        reason: `its contents are not the published ones: found ${found}, expected: ${published}`,
      }
    } catch (error) {
      // Silence proves nothing either way. An answer that fails a check is thrown on, and rejects.
      if (error instanceof NoAnswer) return notApplicable(`checksum database unreachable: ${error.message}`)
      throw error
    }
  },
}
export default verifier

function notApplicable(reason: string): Verdict {
  return { status: 'not-applicable', reason }
}
