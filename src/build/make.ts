/** Runs one make.bash (make.bat, make.rc): the only place where a release's own source is executed. */
import { mkdir, readFile, rename, statfs } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { GonativeError } from '../errors.js'
import { orDiskFull } from '../install/disk-full.js'
import type { Session } from '../install/session.js'
import { runGroup } from '../io/group.js'
import { withPlainPaths } from './plain-path.js'

export interface Make {
  version: string
  /** The source tree; what is built is built in it. */
  goroot: string
  /** Where it will be: Go up to 1.22 reads it as GOROOT_FINAL. By default where it is. */
  final?: string | undefined
  /** The GOROOT that compiles it; without one it is compiled from C. */
  bootstrap?: string | undefined
  /** An empty or missing directory for make's own build cache and temporary files; the caller removes it. */
  scratch: string
  /** A directory of programs that go before those on PATH. */
  first?: string | undefined
  /** GOOS, GOARCH, CC … : what is to be other than by default. */
  env?: Readonly<Record<string, string>>
  /** `-distpack`, say. */
  args?: string[]
}

/** What is kept of the user's environment: where programs and temporary files are, and in which language they speak. */
const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'USER', 'LOGNAME']
const keptOnWindows = [
  'Path',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'LOCALAPPDATA',
  'windir',
]

/**
 * Builds Go in its source tree.
 * @returns seconds that it took
 * @throws GonativeError MAKE_FAILED with the last lines of the log, which is kept in the store's cache and named; DISK_FULL
 */
export async function make(job: Make, session: Session): Promise<number> {
  const { io, layout, report } = session
  await mkdir(job.scratch, { recursive: true })
  const log = join(job.scratch, 'make.log')
  const { command, args } = commandOf(io.host.os)
  const building = report.start(`build go ${job.version}`, 'packages')
  const start = performance.now()
  let packages = 0
  const heard = (line: string): void => {
    if (isPackage(line)) building.update(++packages)
  }
  try {
    const { goroot, bootstrap, final, first } = job
    const end = await withPlainPaths({ goroot, bootstrap, final, first }, (places) => {
      const cwd = join(places.goroot, 'src')
      // PWD: a shell that starts in a link asks it by which name it came there.
      const env = { ...environmentOf({ ...job, ...places }, io), PWD: cwd }
      return runGroup(command, [...args, ...(job.args ?? [])], { env, cwd, log, heard })
    })
    if (end.code !== 0)
      throw await failed(job, end.reason, log, join(layout.cache, 'logs', `make-go${job.version}.log`))
    return (performance.now() - start) / 1000
  } catch (error) {
    throw orDiskFull(error, job.goroot, 'nothing was built')
  } finally {
    building.end()
  }
}

function commandOf(os: string): { command: string; args: string[] } {
  if (os === 'windows') return { command: 'cmd', args: ['/c', 'make.bat'] }
  return os === 'plan9' ? { command: 'rc', args: ['make.rc'] } : { command: 'bash', args: ['make.bash'] }
}

/** The whole environment: nothing of the user's own configuration of Go, since what it would change is not ours to guess. */
function environmentOf(
  { goroot, final, bootstrap, scratch, first, env }: Make,
  io: Session['io'],
): Record<string, string> {
  const names = io.host.os === 'windows' ? [...kept, ...keptOnWindows] : kept
  const users = names.flatMap((name): [string, string][] => (io.env[name] ? [[name, io.env[name]]] : []))
  return {
    ...Object.fromEntries(users),
    ...(bootstrap === undefined ? {} : { GOROOT_BOOTSTRAP: bootstrap }),
    ...(final === undefined || final === goroot ? {} : { GOROOT_FINAL: final }),
    ...(first === undefined ? {} : { PATH: `${first}${delimiter}${io.env.PATH ?? ''}` }),
    GOTOOLCHAIN: 'local',
    GOENV: 'off',
    GOFLAGS: '',
    GOPROXY: 'off',
    GOTELEMETRY: 'off',
    GOPATH: join(scratch, 'gopath'),
    GOCACHE: join(scratch, 'gocache'),
    ...env,
  }
}

/** How many of the log's last lines are shown; names of packages say nothing. */
const shown = 12

/** Bytes that are left where a build stops for want of room: what could not be written was larger. */
const noRoom = 8 << 20

async function failed({ version, goroot }: Make, reason: string, log: string, keep: string): Promise<GonativeError> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n')
  const said = lines.filter((line) => !isPackage(line)).slice(-shown)
  // Not by its words: cmd/dist says "short write: No such file or directory".
  const { bavail, bsize } = await statfs(goroot)
  await mkdir(dirname(keep), { recursive: true })
  await rename(log, keep).catch(() => undefined)
  if (bavail * bsize < noRoom) {
    return new GonativeError('DISK_FULL', `no space left in ${goroot} to build go ${version}; nothing was built`, {
      hint: `Free some space (1 GB will do), then run the same command again. The log: ${keep}`,
    })
  }
  const what = `go ${version} could not be built (${reason}):${said.map((line) => `\n  ${line}`).join('')}`
  return new GonativeError('MAKE_FAILED', what, { hint: `The whole log: ${keep}` })
}

/** make.bash names each package that it compiles on a line. */
function isPackage(line: string): boolean {
  return /^[a-z][\w./-]*$/.test(line)
}
