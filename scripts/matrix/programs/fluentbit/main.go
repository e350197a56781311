// Fluentbit is an output plugin: a shared library that Fluent Bit loads and hands records to, as MessagePack.
package main

import (
	"C"
	"unsafe"

	"github.com/fluent/fluent-bit-go/output"
)

var records, configured int

//export FLBPluginRegister
func FLBPluginRegister(def unsafe.Pointer) int {
	return output.FLBPluginRegister(def, "counter", "counts records")
}

//export FLBPluginInit
func FLBPluginInit(plugin unsafe.Pointer) int {
	if output.FLBPluginConfigKey(plugin, "mode") != "count" {
		return output.FLB_ERROR
	}
	configured++
	return output.FLB_OK
}

//export FLBPluginFlush
func FLBPluginFlush(data unsafe.Pointer, length C.int, tag *C.char) int {
	decoder := output.NewDecoder(data, int(length))
	for {
		if code, _, _ := output.GetRecord(decoder); code != 0 {
			break
		}
		records++
	}
	return output.FLB_OK
}

// MatrixRecords is what the loader asks at the end; Fluent Bit has no such question.
//
//export MatrixRecords
func MatrixRecords() int { return records * configured }

//export FLBPluginExit
func FLBPluginExit() int { return output.FLB_OK }

func main() {}
