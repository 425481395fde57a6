package observe

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ownedByNamespace are the sysctls that a namespace keeps for itself; the recorder's namespaces are its own.
var ownedByNamespace = []string{
	"net.", "fs.mqueue.", "kernel.msg", "kernel.shm", "kernel.sem", "kernel.hostname", "kernel.domainname",
}

// Guard keeps the machine's sysctls as they are while a case runs.
type Guard struct{ before map[string]string }

// Watch notes the machine's values of the sysctls of a case that no namespace keeps apart. Such a case is run only to
// hear its refusal: reason says why it must not run, when the earlier recording tells that nothing refused it.
func Watch(sysctls []string, refusedBefore bool) (guard Guard, reason string) {
	guard.before = map[string]string{}
	for _, name := range sysctls {
		name = strings.ReplaceAll(name, "/", ".")
		if slices.ContainsFunc(ownedByNamespace, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			continue
		}
		file := filepath.Join("/proc/sys", strings.ReplaceAll(name, ".", "/"))
		value, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if !refusedBefore {
			return guard, "would set the machine's " + name
		}
		guard.before[file] = string(value)
	}
	return guard, ""
}

// Restore puts back what a runtime changed against expectation, and names it.
func (g Guard) Restore() []string {
	changed := []string{}
	for file, before := range g.before {
		if now, err := os.ReadFile(file); err == nil && string(now) != before {
			changed = append(changed, file)
			_ = os.WriteFile(file, []byte(before), 0)
		}
	}
	return changed
}
