package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"

	"secctx/tools/record/observe"
)

const (
	runtimeName = "runc-without-sys-resource"
	// runtimeLabel is what room.sh calls it towards dockerd.
	runtimeLabel = "lab"
	originalSpec = "config.original.json"
)

// runWithoutSysResource is runc, but for `create`: CAP_SYS_RESOURCE is taken out of the bundle's spec, whose original
// stays beside it. It does not return where it succeeds.
func runWithoutSysResource(args []string) error {
	if at := slices.Index(args, "--bundle"); at >= 0 && at+1 < len(args) && slices.Contains(args, "create") {
		if err := dropSysResource(args[at+1]); err != nil {
			return err
		}
	}
	runc, err := exec.LookPath("runc")
	if err != nil {
		return err
	}
	return syscall.Exec(runc, append([]string{runc}, args...), os.Environ())
}

func dropSysResource(bundle string) error {
	file := filepath.Join(bundle, "config.json")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(bundle, originalSpec), text, 0o644); err != nil {
		return err
	}
	value, err := observe.Value(text)
	if err != nil {
		return err
	}
	spec, _ := value.(observe.Row)
	process, _ := spec["process"].(observe.Row)
	sets, _ := process["capabilities"].(observe.Row)
	if sets == nil {
		return errors.New("no capabilities in " + file)
	}
	for kind, set := range sets {
		if names, ok := set.([]any); ok {
			sets[kind] = slices.DeleteFunc(names, func(name any) bool { return name == "CAP_SYS_RESOURCE" })
		}
	}
	changed, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	return os.WriteFile(file, changed, 0o644)
}
