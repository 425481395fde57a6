// Prints the security lines of /proc/self/status on one line behind the name given: what a program of the image sees.
//
// In the test images it stands four times: /bin/probe, -suid (setuid root), -fcap (cap_net_bind_service+ep) and -fcapraw
// (cap_net_raw+ep).
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

var shown = []string{
	"Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters",
}

func main() {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fmt.Println("@"+os.Args[1], err)
		return
	}
	line := "@" + os.Args[1] + " "
	for text := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(text, "\n"), ":")
		if slices.Contains(shown, name) {
			line += name + ":" + strings.ReplaceAll(value, "\t", " ") + ";"
		}
	}
	fmt.Println(line)
}
