/** Mach-O code signatures (xnu's cs_blobs.h): big-endian blobs in a row, whatever the machine. */
import type { Description } from '../inspection.js'
import { commands, type MachO } from './headers.js'

const magics = { superBlob: 0xfade0cc0, directory: 0xfade0c02, certificates: 0xfade0b01 }
const adHoc = 0x2
const mostBlobs = 256
/** A wrapper with nothing in it is 8 bytes. */
const emptyBlob = 8

/** Who signed it: nobody, the linker (ad hoc), or the holder of a certificate. @throws GonativeError FILE_DAMAGED */
export async function readSignature({ source, commands: list }: MachO): Promise<Description['signature']> {
  const command = list.find(({ type }) => type === commands.codeSignature)
  if (!command) return 'none'
  const [start, size] = [command.fields.u32(8), command.fields.u32(12)]
  source.check(start, size, 'the code signature')
  const head = await source.fields(start, 12, 'the code signature', false)
  if (head.u32(0) !== magics.superBlob) throw source.damaged('the code signature has no magic', start)
  const count = head.u32(8)
  if (count > mostBlobs) throw source.damaged(`the code signature claims ${count} parts`, start + 8)
  const index = await source.fields(start + 12, count * 8, 'the index of the code signature', false)
  let isAdHoc = false
  for (let entry = 0; entry < count; entry++) {
    const at = start + index.u32(entry * 8 + 4)
    const blob = await source.fields(at, 8, 'a part of the code signature', false)
    if (blob.u32(0) === magics.certificates && blob.u32(4) > emptyBlob) return 'certificate'
    if (blob.u32(0) === magics.directory) {
      isAdHoc ||= ((await source.fields(at, 16, 'the code directory', false)).u32(12) & adHoc) !== 0
    }
  }
  return isAdHoc || count > 0 ? 'ad hoc' : 'none'
}
