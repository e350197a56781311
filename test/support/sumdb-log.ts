/**
 * A checksum database's log with a key of its own in every run. Its hashes are computed straight from RFC 6962's
 * definition, knowing nothing of the code under test.
 */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

export class SumdbLog {
  /** The verifier key, as GOSUMDB takes it. */
  readonly key: string
  private readonly privateKey: KeyObject
  private readonly keyHash: Buffer
  private readonly records: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly known = new Map<string, Buffer>()

  constructor(
    readonly name: string,
    signer?: SumdbLog,
  ) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
    const key = Buffer.concat([Uint8Array.of(1), raw])
    this.privateKey = signer?.privateKey ?? privateKey
    this.keyHash = signer?.keyHash ?? createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
    this.key = signer?.key ?? `${name}+${this.keyHash.toString('hex')}+${key.toString('base64')}`
  }

  get size(): number {
    return this.records.length
  }

  /** Appends a record and returns its number. */
  add(module: string, version: string, h1: string): number {
    const gomod = `h1:${createHash('sha256').update(`module ${module}\n`).digest('base64')}`
    this.numbers.set(`${module}@${version}`, this.records.length)
    this.records.push(`${module} ${version} ${h1}\n${module} ${version}/go.mod ${gomod}\n`)
    return this.records.length - 1
  }

  /** Appends records of modules that nobody asks for, up to a size. */
  fill(size: number): void {
    while (this.size < size) {
      const h1 = createHash('sha256').update(`${this.size}`).digest('base64')
      this.add('example.org/filler', `v0.0.${this.size}`, `h1:${h1}`)
    }
  }

  /** A log by the same key in which an early record is another: what a lying database shows. */
  forked(): SumdbLog {
    const other = new SumdbLog(this.name, this)
    other.add('example.org/forked', 'v1.0.0', 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')
    for (const record of this.records.slice(1)) {
      const [module = '', version = '', h1 = ''] = record.split(/\s/)
      other.add(module, version, h1)
    }
    return other
  }

  record(id: number): string {
    return this.records[id] ?? ''
  }

  numberOf(module: string, version: string): number | undefined {
    return this.numbers.get(`${module}@${version}`)
  }

  /** The tree head's text for the first `size` records. */
  head(size = this.size): string {
    return `go.sum database tree\n${size}\n${this.treeHash(0, size).toString('base64')}\n`
  }

  /** The tree head as a signed note. */
  signedHead(size = this.size): string {
    return this.signed(this.head(size))
  }

  /** Any text as a note signed by the log. */
  signed(text: string): string {
    const signature = Buffer.concat([this.keyHash, sign(null, Buffer.from(text), this.privateKey)])
    return `${text}\n— ${this.name} ${signature.toString('base64')}\n`
  }

  /** A tile's data by its path, as wide as the path says; undefined when the log is too small for it. */
  tile(path: string): Buffer | undefined {
    const [, level, directories, partial] = /^tile\/8\/(\d+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d+))?$/.exec(path) ?? []
    if (level === undefined || directories === undefined) return undefined
    const index = Number(directories.replaceAll(/[x/]/g, ''))
    const span = 256 ** Number(level)
    const width = Number(partial ?? 256)
    if ((index * 256 + width) * span > this.size) return undefined
    const starts = Array.from({ length: width }, (_, at) => (index * 256 + at) * span)
    return Buffer.concat(starts.map((start) => this.treeHash(start, start + span)))
  }

  /** RFC 6962, 2.1: the hash of records [from, to). Hashes of full subtrees are kept. */
  treeHash(from: number, to: number): Buffer {
    const count = to - from
    if (count === 0) return createHash('sha256').digest()
    const name = `${from} ${to}`
    const known = this.known.get(name)
    if (known !== undefined) return known
    const hash = createHash('sha256')
    if (count === 1) hash.update(`\0${this.record(from)}`)
    else {
      let split = 1
      while (split * 2 < count) split *= 2
      hash
        .update(Uint8Array.of(1))
        .update(this.treeHash(from, from + split))
        .update(this.treeHash(from + split, to))
    }
    const digest = hash.digest()
    // Only these stay what they are when the log grows.
    if ((count & (count - 1)) === 0) this.known.set(name, digest)
    return digest
  }
}
