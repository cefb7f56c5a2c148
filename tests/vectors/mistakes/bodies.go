// Prints the body on standard input as a program in Go mangles it: bodies HOW.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"runtime"
)

func main() {
	body, _ := io.ReadAll(os.Stdin)
	var mangled []byte
	switch os.Args[1] {
	case "version":
		mangled = []byte(runtime.Version())
	case "raw message":
		mangled, _ = json.Marshal(json.RawMessage(body))
	case "map":
		var value any
		_ = json.Unmarshal(body, &value)
		mangled, _ = json.Marshal(value)
	case "indent":
		var indented bytes.Buffer
		_ = json.Indent(&indented, body, "", "\t")
		mangled = indented.Bytes()
	}
	_, _ = os.Stdout.Write(mangled)
}
