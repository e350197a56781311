// Which of Go's own tests are run, and for which targets.

/**
 * The packages that cgo makes native, cgo's runtime, and cgo's own tests. Those with `builds` build programs with the C
 * compiler by themselves, and start them; -short would leave all of that out. Those with `starts` start themselves again.
 * cgo's Test1435 wants the other users that a namespace has not, and is started by the emulator alone.
 */
export const packages = [
  { name: 'runtime/cgo' },
  { name: 'os/user' },
  { name: 'cmd/cgo/internal/test' },
  { name: 'cmd/cgo/internal/testtls' },
  { name: 'cmd/cgo/internal/testnocgo' },
  { name: 'cmd/cgo/internal/testso', builds: true },
  { name: 'net', starts: true },
  { name: 'cmd/cgo/internal/testcshared', builds: true },
]

/** Others of the kind, that take long: run by naming them with --package. */
export const more = [
  { name: 'cmd/cgo/internal/testplugin', builds: true },
  { name: 'cmd/cgo/internal/testcarchive', builds: true },
  { name: 'cmd/cgo/internal/teststdio', builds: true },
  { name: 'cmd/cgo/internal/testlife', builds: true },
  { name: 'cmd/cgo/internal/testerrors', builds: true },
  { name: 'cmd/cgo/internal/testgodefs', builds: true },
  { name: 'cmd/cgo/internal/testshared', builds: true },
]

/**
 * The first is run natively on an amd64 machine, and is what the others are held against; all are made by the graft.
 * `elf` is the machine and the class in the ELF header. glibc wants libgcc_s for pthread_cancel.
 */
export const targets = [
  { name: 'linux/amd64', env: { GOOS: 'linux', GOARCH: 'amd64' }, gcc: 'x86_64-linux-gnu-gcc' },
  {
    name: 'linux/arm64',
    env: { GOOS: 'linux', GOARCH: 'arm64' },
    gcc: 'aarch64-linux-gnu-gcc',
    elf: [String.raw`\xb7\x00`, '02'],
    packaged: { file: '/usr/aarch64-linux-gnu/lib/libgcc_s.so.1', package: 'libgcc-s1-arm64-cross' },
  },
  {
    name: 'linux/arm/v7',
    env: { GOOS: 'linux', GOARCH: 'arm', GOARM: '7' },
    gcc: 'arm-linux-gnueabihf-gcc',
    elf: [String.raw`\x28\x00`, '01'],
    packaged: { file: '/usr/arm-linux-gnueabihf/lib/libgcc_s.so.1', package: 'libgcc-s1-armhf-cross' },
  },
]
