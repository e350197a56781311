// modes is what every build mode is tried with: Go that uses the C library, and that C can call.
package main

// static int six(void) { return 6; }
import "C"

import (
	"net"
	"os/user"
)

//export Answer
func Answer(n C.int) C.int {
	if found, err := net.LookupHost("localhost"); err != nil || len(found) == 0 {
		return -1
	}
	if _, err := user.Current(); err != nil {
		return -2
	}
	return C.six() * n
}

func main() { println("answer", Answer(7)) }
