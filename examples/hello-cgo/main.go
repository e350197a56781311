// Hello-cgo shows whether a binary is native: it computes in C, and asks the system's C library for the user and for
// the addresses of localhost, which a Go built without cgo would look up by itself. It needs no network.
package main

// #include "native.h"
import "C"

import (
	"fmt"
	"net"
	"os"
	"os/user"
	"runtime"
	"sort"
	"strings"
)

func main() {
	fmt.Printf("platform:   %s/%s, %s\n", runtime.GOOS, runtime.GOARCH, runtime.Version())
	fmt.Printf("from C:     %d, by %s\n", int(C.native_answer(7)), C.GoString(C.native_compiler()))
	fmt.Printf("C library:  %s\n", C.GoString(C.native_library()))

	name, by := userName()
	fmt.Printf("user:       %s (%s)\n", name, by)

	addresses, by := localhost()
	fmt.Printf("localhost:  %s (%s)\n", addresses, by)
}

// userName returns the current user's name and whose lookup found it.
func userName() (name, by string) {
	var err error
	by = asked(func() {
		var u *user.User
		if u, err = user.Current(); err == nil {
			name = u.Username
		}
	})
	if err != nil {
		name = "error: " + err.Error()
	}
	return name, by
}

// localhost returns the addresses of localhost and whose resolver found them.
func localhost() (addresses, by string) {
	// Prefer the C library's resolver, as Go does by itself where /etc/resolv.conf or nsswitch.conf ask for it.
	os.Setenv("GODEBUG", "netdns=cgo")
	var err error
	by = asked(func() {
		var found []string
		found, err = net.LookupHost("localhost")
		sort.Strings(found)
		addresses = strings.Join(found, " ")
	})
	if err != nil {
		addresses = "error: " + err.Error()
	}
	return addresses, by
}

// asked runs a lookup and says who was asked. On most systems a lookup by the C library is a cgo call, and the runtime
// counts those; Windows and macOS have no other way than the system's own libraries.
func asked(lookup func()) string {
	before := runtime.NumCgoCall()
	lookup()
	switch {
	case runtime.GOOS == "windows" || runtime.GOOS == "darwin":
		return "system library"
	case runtime.NumCgoCall() > before:
		return "C library"
	}
	return "Go"
}
