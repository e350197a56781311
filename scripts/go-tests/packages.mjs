// Which of Go's own tests are run, and for which targets.

/**
 * The packages that cgo makes native, cgo's runtime, and cgo's own tests as far as they are one program: the siblings
 * that build programs of their own and start them (testcarchive, testcshared, testso, testplugin, teststdio, …) start
 * them directly, past -exec, and so only run on the machine they are for; left out by -short in any case.
 */
export const packages = [
  'runtime/cgo',
  'os/user',
  'cmd/cgo/internal/test',
  'cmd/cgo/internal/testtls',
  'cmd/cgo/internal/testnocgo',
  'net',
]

/** The first is run natively on an amd64 machine, and is what the others are held against; all are made by the graft. */
export const targets = [
  { name: 'linux/amd64', env: { GOOS: 'linux', GOARCH: 'amd64' }, gcc: 'x86_64-linux-gnu-gcc' },
  { name: 'linux/arm64', env: { GOOS: 'linux', GOARCH: 'arm64' }, gcc: 'aarch64-linux-gnu-gcc' },
  { name: 'linux/arm/v7', env: { GOOS: 'linux', GOARCH: 'arm', GOARM: '7' }, gcc: 'arm-linux-gnueabihf-gcc' },
]
