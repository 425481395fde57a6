// Replays the requests of an earlier recording on a running dockerd and records what comes of them.
//
// usage: docker SOCKET CASES.jsonl.gz PROBE_SCRIPT OUT IMAGES.tar EXEC_ROOT
// Run by room.sh, in namespaces of its own. Called as runc-without-sys-resource it is a runtime instead: see runtime.go.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"secctx/tools/record/observe"
)

type recorder struct {
	engine
	name     string
	script   string
	execRoot string
	sandbox  string
	profiles *observe.Profiles
}

func main() {
	if filepath.Base(os.Args[0]) == runtimeName {
		log.Fatal(runWithoutSysResource(os.Args[1:]))
	}
	if len(os.Args) != 7 {
		log.Fatal("usage: docker SOCKET CASES.jsonl.gz PROBE_SCRIPT OUT IMAGES.tar EXEC_ROOT")
	}
	a := os.Args
	if err := record(&recorder{engine: newEngine(a[1]), execRoot: a[6]}, a[2], a[3], a[4], a[5]); err != nil {
		log.Fatal(err)
	}
}

func record(r *recorder, casesFile, scriptFile, out, images string) error {
	script, err := os.ReadFile(scriptFile)
	if err != nil {
		return err
	}
	r.script = strings.TrimSpace(string(script))
	cases, err := observe.ReadRows(casesFile)
	if err != nil {
		return err
	}
	version, err := r.begin(images)
	if err != nil {
		return err
	}
	r.name = "docker " + version
	r.profiles = observe.NewProfiles("docker-" + version)
	hostname, err := os.Hostname()
	if err != nil {
		return err
	}
	rows := []observe.Row{}
	for index, asked := range cases {
		// An earlier case with the host's UTS namespace may have renamed this one.
		if err := syscall.Sethostname([]byte(hostname)); err != nil {
			return err
		}
		row, err := r.guarded(asked)
		if err != nil {
			return fmt.Errorf("%s: %w", asked["case"], err)
		}
		rows = append(rows, row)
		log.Printf("%d/%d %s: %s", index+1, len(cases), asked["case"], row["stage"])
	}
	if err := observe.WriteRows(filepath.Join(out, "docker-"+version+".jsonl.gz"), rows); err != nil {
		return err
	}
	return r.profiles.Write(out, "docker-"+version)
}

func (r *recorder) guarded(asked observe.Row) (observe.Row, error) {
	row := observe.Row{"engine": r.name}
	for _, key := range []string{"case", "group", "note", "cliFlags", "image", "request"} {
		row[key] = asked[key]
	}
	request, _ := asked["request"].(observe.Row)
	hostConfig, _ := request["HostConfig"].(observe.Row)
	sysctls, _ := hostConfig["Sysctls"].(observe.Row)
	names := []string{}
	for name := range sysctls {
		names = append(names, name)
	}
	guard, reason := observe.Watch(names, asked["stage"] == "start" || asked["stage"] == "create")
	if reason != "" {
		row["stage"], row["skipped"] = "skipped", reason
		return row, nil
	}
	err := r.replay(row, request)
	if changed := guard.Restore(); len(changed) > 0 {
		return nil, fmt.Errorf("the runtime changed the machine's %s (put back)", strings.Join(changed, ", "))
	}
	return row, err
}
