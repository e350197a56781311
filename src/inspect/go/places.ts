/** Where Go's own records can be in a program, as each format's reader hands them over. */
import type { Region } from '../region.js'
import type { Source } from '../source.js'

export interface Places {
  source: Source
  /** Everything that has an address, to follow pointers. */
  regions: Region[]
  /** Build information has a section of its own: damage in it is an error, and nowhere else is searched. */
  ownInfo: Region | null
  /** Else it is near the beginning of the data. */
  data: Region[]
  /** Code: formats without notes have the build ID there, as text. */
  text: Region[]
  /** The function table has a section of its own, or is somewhere in these. */
  ownFunctions: Region | null
  readOnly: Region[]
}
