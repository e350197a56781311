import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import type { Rebuilt } from '../build/rebuild/rebuild.js'
import { GonativeCommand } from '../cli/command.js'
import type { Host } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import type { Session } from '../install/session.js'
import { compareVersions, parseVersion } from '../version/version.js'

/** The first with cmd/distpack, and the first that is reproducible (go.dev/blog/rebuild). */
const first = '1.21rc1'

interface Answer extends Rebuilt {
  /** Always true: what differs is an error. */
  identical: true
  /** The directory with the archives, if one was named. */
  output: string | null
}

export default class Rebuild extends GonativeCommand {
  static override summary = 'Build a release from source and compare it with what was published'
  static override description =
    'Makes the release’s archive for a host, this one or any other, from its verified source, with the release’s own make.bash -distpack, and holds it against the record in the checksum database. It takes some minutes. Where it is the same bit for bit and the release is installed, its receipt says so from then on. Exit 3 when it differs; the first file that does is named. Go 1.21 and later.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 1.26.8',
    '<%= config.bin %> <%= command.id %> 1.26.8 --host linux/arm64 --output ./mirror',
    '<%= config.bin %> <%= command.id %> 1.26.8 --source ./go',
  ]
  static override args = { version: Args.string({ description: '1.27.4, 1.27 or latest', required: true }) }
  static override flags = {
    host: Flags.string({
      helpValue: '<os>/<arch>',
      description: 'the machine whose archive is made; default: this one',
    }),
    source: Flags.string({
      helpValue: '<directory>',
      description: 'build this tree, with the release’s VERSION in it, instead of the published source',
    }),
    output: Flags.string({
      helpValue: '<directory>',
      description: 'keep the archives there, under their published names: it can then be a mirror',
    }),
  }

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(Rebuild)
    const host = flags.host === undefined ? this.io.host : await readHost(flags.host)
    const session = await this.session()
    const version = await exactVersion(args.version, session)
    await checkListed(version, host)
    const { rebuild } = await import('../build/rebuild/rebuild.js')
    const at = (directory: string | undefined): string | undefined =>
      directory === undefined ? undefined : resolve(this.io.cwd, directory)
    const output = at(flags.output)
    const rebuilt = await rebuild({ version, host, source: at(flags.source), output }, session)
    this.log(sentences(rebuilt, output).join('\n'))
    return { ...rebuilt, identical: true, output: output ?? null }
  }
}

async function readHost(text: string): Promise<Host> {
  const { parseTarget } = await import('../target/target.js')
  const { goos, goarch, variant } = parseTarget(text)
  if (variant === undefined) return { os: goos, arch: goarch }
  throw new GonativeError(
    'HOST_SYNTAX',
    `'${text}' is not a host: archives are published for ${goos}/${goarch} alone`,
    {
      exit: 'usage',
    },
  )
}

async function exactVersion(text: string, session: Session): Promise<string> {
  const [{ readSpec }, { newestOf }] = await Promise.all([import('../cli/version.js'), import('../install/resolve.js')])
  const spec = await readSpec(text, session)
  const version = await newestOf(spec, session)
  const [wanted, oldest] = [parseVersion(version), parseVersion(first)]
  if (wanted && oldest && compareVersions(wanted, oldest) >= 0) return version
  throw new GonativeError('TOO_OLD', `go ${version} can't be rebuilt: releases are reproducible from 1.21 on`, {
    exit: 'usage',
    hint: `To build it from source all the same: gonative install --from-source ${version}`,
  })
}

async function checkListed(version: string, { os, arch }: Host): Promise<void> {
  const { isListed } = await import('../target/platforms.js')
  if (isListed(version, os, arch)) return
  throw new GonativeError('HOST_UNKNOWN', `go ${version} has no ${os}/${arch}`, { exit: 'usage' })
}

function sentences({ version, host, archives, ...rest }: Rebuilt, output: string | undefined): string[] {
  const same = rest.unsigned ? 'the same but for the signatures' : 'identical, bit for bit'
  return [
    `go ${version} for ${host.os}/${host.arch}, built here from source with ${rest.with} in ${rest.seconds} s: ${same}`,
    `  ${rest.evidence}`,
    ...archives.map(({ name, sha256 }) => `  ${name}  sha256 ${sha256}`),
    ...(rest.recorded ? [`go ${version} is installed: its receipt says so now`] : []),
    ...(output === undefined ? [] : [`kept in ${output}: GONATIVE_MIRROR can name it`]),
  ]
}
