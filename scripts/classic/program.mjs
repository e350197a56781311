// What `npm run classic` builds, and for what.

export const program = `package main

import (
	"fmt"
	"net"
	"runtime"
)

func main() {
	addresses, err := net.LookupHost("localhost")
	fmt.Println(runtime.GOOS, runtime.GOARCH, runtime.Version(), len(addresses) > 0, err)
}
`

/**
 * The six targets, with what inspect says of their files. linux/386 runs on this machine; Go ≤ 1.4's linux/arm programs
 * don't under qemu-user (their clone is refused, errno 22), and nothing here runs the others.
 */
export const targets = [
  { name: 'linux/386', file: 'elf', arch: '386', runs: true },
  { name: 'linux/arm', file: 'elf', arch: 'arm' },
  { name: 'windows/386', file: 'pe', arch: '386' },
  { name: 'windows/amd64', file: 'pe', arch: 'amd64' },
  { name: 'darwin/amd64', file: 'mach-o', arch: 'amd64' },
  { name: 'freebsd/amd64', file: 'elf', arch: 'amd64' },
]
