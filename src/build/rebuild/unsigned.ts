/**
 * A Mach-O program without its code signature. What is published for darwin was signed after it was compiled, so that what is
 * compiled again can only be the same without (golang.org/x/build/cmd/gorebuild does likewise).
 */
const magic64 = 0xfeedfacf
const headerSize = 32
const [segment64, codeSignature] = [0x19, 0x1d]

interface LoadCommand {
  type: number
  at: number
  size: number
}

/**
 * @returns the program as if it had not been signed: without the signature's load command and data, and with the
 * `__LINKEDIT` segment as long as it was; the data itself where it is no 64-bit Mach-O, or not signed
 */
export function withoutSignature(data: Buffer): Buffer {
  if (data.length < headerSize || data.readUInt32LE(0) !== magic64) return data
  const commands = commandsOf(data)
  const signature = commands.at(-1)
  const linkEdit = commands.find(
    ({ type, at }) => type === segment64 && data.toString('latin1', at + 8, at + 24).startsWith('__LINKEDIT'),
  )
  // Who signs adds the command as the last one.
  if (signature?.type !== codeSignature || signature.size !== 16 || !linkEdit) return data
  const start = data.readUInt32LE(signature.at + 8)
  const from = Number(data.readBigUInt64LE(linkEdit.at + 40))
  if (start > data.length || start < from) return data
  const unsigned = Buffer.from(data.subarray(0, start))
  unsigned.writeUInt32LE(commands.length - 1, 16)
  unsigned.writeUInt32LE(data.readUInt32LE(20) - signature.size, 20)
  unsigned.fill(0, signature.at, signature.at + signature.size)
  // Apple's signer rounds the size in memory up to pages; Go's linker has it the same as in the file.
  for (const field of [32, 48]) unsigned.writeBigUInt64LE(BigInt(start - from), linkEdit.at + field)
  return unsigned
}

/** Load commands, as far as they are inside of the file. */
function commandsOf(data: Buffer): LoadCommand[] {
  const commands: LoadCommand[] = []
  const end = Math.min(data.length, headerSize + data.readUInt32LE(20))
  for (let at = headerSize, left = data.readUInt32LE(16); left > 0 && at + 8 <= end; left--) {
    const [type, size] = [data.readUInt32LE(at), data.readUInt32LE(at + 4)]
    if (size < 8 || at + size > end) break
    commands.push({ type, at, size })
    at += size
  }
  return commands
}
