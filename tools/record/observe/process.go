// Package observe reads what the kernel says of a process, and spells recordings.
package observe

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Row is one JSON object of a recording; its keys are written sorted.
type Row = map[string]any

var statusLines = []string{
	"Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters",
}

// Status is /proc/PID/status as seen here, in single spaces; of NSpid only the depth is told.
func Status(pid int) (Row, error) {
	text, err := os.ReadFile(proc(pid, "status"))
	if err != nil {
		return nil, err
	}
	status := Row{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		fields := strings.Fields(value)
		switch {
		case slices.Contains(statusLines, name):
			status[name] = strings.Join(fields, " ")
		case name == "NSpid":
			status[name] = fmt.Sprintf("%d levels", len(fields))
		}
	}
	return status, nil
}

// Sandbox is the status of a pod's first process, once it is no longer runc.
func Sandbox(pid int) (Row, error) {
	for range 250 {
		if !strings.HasPrefix(squeezed(pid, "comm"), "runc") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	status, err := Status(pid)
	if err != nil {
		return nil, err
	}
	status["oom_score_adj"] = squeezed(pid, "oom_score_adj")
	status["rootMount"], _ = mounts(pid)
	return status, nil
}

// Container is what a running container looks like from outside; inside is what its probes printed.
func Container(pid int, inside Row) (Row, error) {
	status, err := Status(pid)
	if err != nil {
		return nil, err
	}
	root, special := mounts(pid)
	return Row{
		"attrCurrent":    squeezed(pid, "attr/current"),
		"gidMap":         squeezed(pid, "gid_map"),
		"hostProcStatus": status,
		"inside":         inside,
		"nsVsHost":       Namespaces(pid, os.Getpid()),
		"oomScoreAdj":    squeezed(pid, "oom_score_adj"),
		"procSysMounts":  special,
		"rootMount":      root,
		"uidMap":         squeezed(pid, "uid_map"),
	}, nil
}

// Namespaces says of each kind whether two processes share it.
func Namespaces(pid, other int) Row {
	kinds := Row{}
	for _, kind := range []string{"cgroup", "ipc", "mnt", "net", "pid", "user", "uts"} {
		mine, _ := os.Readlink(proc(pid, "ns/"+kind))
		its, _ := os.Readlink(proc(other, "ns/"+kind))
		kinds[kind] = "different"
		if mine == its {
			kinds[kind] = "same"
		}
	}
	return kinds
}

// mounts tells the root's options and type, and those of each mount under /proc, /sys and /dev.
func mounts(pid int) (root string, special []string) {
	text, err := os.ReadFile(proc(pid, "mountinfo"))
	if err != nil {
		return "ERR " + err.Error(), nil
	}
	for line := range strings.Lines(string(text)) {
		before, after, _ := strings.Cut(line, " - ")
		fields := strings.Fields(before)
		from, at, options := fields[3], fields[4], fields[5]
		fsType := strings.Fields(after)[0]
		if at == "/" {
			root = options + " " + fsType
		}
		top := strings.SplitN(at, "/", 3)[1]
		if !slices.Contains([]string{"proc", "sys", "dev"}, top) || strings.HasPrefix(at, "/sys/fs/cgroup/") {
			continue
		}
		told := at + " " + options + " " + fsType
		if from != "/" {
			told += " root=" + from
		}
		special = append(special, told)
	}
	return root, special
}

// Inside reads the probes' output: "@KEY VALUE" lines, the rest under out.
func Inside(output string) Row {
	inside, rest := Row{}, ""
	for line := range strings.Lines(output) {
		if tagged, ok := strings.CutPrefix(line, "@"); ok {
			key, value, _ := strings.Cut(strings.TrimSuffix(tagged, "\n"), " ")
			inside[key] = value
		} else {
			rest += line
		}
	}
	if rest != "" {
		inside["out"] = rest
	}
	return inside
}

// Done says whether the probes have printed all they will.
func Done(output string) bool {
	return strings.Contains(output, "@uninit\n")
}

func squeezed(pid int, file string) string {
	text, err := os.ReadFile(proc(pid, file))
	if err != nil {
		return "ERR " + err.Error()
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

func proc(pid int, file string) string {
	return filepath.Join("/proc", fmt.Sprint(pid), file)
}
