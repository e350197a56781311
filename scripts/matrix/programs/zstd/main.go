// Zstd compresses and gets the same back.
package main

import (
	"bytes"
	"fmt"
	"log"

	"github.com/DataDog/zstd"
)

func main() {
	before := bytes.Repeat([]byte("every target from one machine; "), 4000)
	small, err := zstd.CompressLevel(nil, before, 19)
	if err != nil {
		log.Fatal(err)
	}
	after, err := zstd.Decompress(nil, small)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("zstd: %d bytes back, the same: %t, smaller: %t\n", len(after), bytes.Equal(before, after), len(small) < 200)
}
