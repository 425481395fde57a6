package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"secctx/tools/record/observe"
)

// patience is how long a container may take until its probes have printed all.
const patience = 10 * time.Second

const withoutNote = "re-run through a runc wrapper: ociSpec is the ORIGINAL spec dockerd generated, " +
	"the kernel observation is with CAP_SYS_RESOURCE removed from it (the lab host lacks that capability)"

// inspected are the parts of HostConfig that a record keeps.
var inspected = []string{
	"CapAdd", "CapDrop", "CgroupnsMode", "GroupAdd", "IpcMode", "Isolation", "MaskedPaths", "NetworkMode", "OomScoreAdj",
	"PidMode", "Privileged", "ReadonlyPaths", "ReadonlyRootfs", "Runtime", "SecurityOpt", "Sysctls", "Tmpfs", "UTSMode",
	"UsernsMode",
}

// replay creates and starts; what this machine's missing CAP_SYS_RESOURCE alone refuses runs once more without it.
func (r *recorder) replay(row, request observe.Row) error {
	if err := r.run(row, request, ""); err != nil {
		return err
	}
	text, _ := row["error"].(string)
	if row["stage"] != "start" || !strings.Contains(text, "unable to apply caps") {
		return nil
	}
	again := observe.Row{"image": row["image"]}
	if err := r.run(again, request, runtimeLabel); err != nil {
		return err
	}
	delete(again, "image")
	again["note"] = withoutNote
	row["withoutSysResource"] = again
	return nil
}

func (r *recorder) run(row, request observe.Row, runtime string) error {
	body, err := r.body(row, request, runtime)
	if err != nil {
		return err
	}
	id, err := r.create(body)
	if err != nil {
		return r.refused(row, "create", err)
	}
	defer r.remove(id)
	started := r.start(id)
	info, err := r.inspect(id)
	if err != nil {
		return err
	}
	row["inspect"] = r.plain(told(info))
	if started != nil {
		return r.refused(row, "start", started)
	}
	return r.watch(row, id)
}

// watch waits for the probes, then looks at the container's first process and its bundle.
func (r *recorder) watch(row observe.Row, id string) error {
	row["stage"] = "ok"
	spec, err := r.spec(id)
	if err != nil {
		return err
	}
	row["ociSpec"] = spec
	var output string
	var state observe.Row
	for end := time.Now().Add(patience); time.Now().Before(end) && !observe.Done(output); time.Sleep(20 * time.Millisecond) {
		if output, err = r.logs(id); err != nil {
			return err
		}
		info, err := r.inspect(id)
		if err != nil {
			return err
		}
		state, _ = info["State"].(observe.Row)
		if state["Running"] != true {
			row["stage"] = "exited"
			row["observed"] = observe.Row{"inside": observe.Inside(output)}
			return nil
		}
	}
	pid, err := strconv.Atoi(fmt.Sprint(state["Pid"]))
	if err != nil {
		return err
	}
	row["observed"], err = observe.Container(pid, observe.Inside(output))
	return err
}

// spec is the bundle's config.json; where the runtime above has changed it, the one that dockerd made.
func (r *recorder) spec(id string) (observe.Row, error) {
	bundles, err := filepath.Glob(filepath.Join(r.execRoot, "containerd/daemon/*/moby", id))
	if err != nil || len(bundles) == 0 {
		return nil, fmt.Errorf("no bundle of %s under %s", id, r.execRoot)
	}
	text, err := os.ReadFile(filepath.Join(bundles[0], originalSpec))
	if errors.Is(err, os.ErrNotExist) {
		text, err = os.ReadFile(filepath.Join(bundles[0], "config.json"))
	}
	if err != nil {
		return nil, err
	}
	value, err := observe.Value(text)
	if err != nil {
		return nil, err
	}
	spec, _ := r.plain(value).(observe.Row)
	return spec, r.profiles.Shorten(spec)
}

// body is the request to /containers/create.
func (r *recorder) body(row, request observe.Row, runtime string) (observe.Row, error) {
	text, err := observe.Spelled(request)
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(text), "<SANDBOX>") {
		if err := r.startSandbox(); err != nil {
			return nil, err
		}
		text = []byte(strings.ReplaceAll(string(text), "<SANDBOX>", r.sandbox))
	}
	value, err := observe.Value(text)
	if err != nil {
		return nil, err
	}
	body, _ := value.(observe.Row)
	body["Image"] = fmt.Sprintf("localhost/lab:%s", row["image"])
	body["Cmd"] = []string{"/bin/sh", "-c", r.script}
	if runtime != "" {
		body["HostConfig"].(observe.Row)["Runtime"] = runtime
	}
	return body, nil
}

// startSandbox starts, once, the container whose namespaces others join.
func (r *recorder) startSandbox() error {
	if r.sandbox != "" {
		return nil
	}
	id, err := r.create(observe.Row{
		"Image":      "localhost/lab:pause",
		"HostConfig": observe.Row{"NetworkMode": "none", "IpcMode": "shareable"},
	})
	if err != nil {
		return err
	}
	r.sandbox = id
	return r.start(id)
}

func (r *recorder) refused(row observe.Row, stage string, err error) error {
	var said *refusal
	if !errors.As(err, &said) {
		return err
	}
	row["stage"], row["httpStatus"], row["error"] = stage, said.code, r.plain(said.text)
	return nil
}

func (r *recorder) plain(value any) any {
	names := map[string]string{r.script: "@probe-script.sh"}
	if r.sandbox != "" {
		names[r.sandbox] = "<SANDBOX>"
	}
	return observe.Plain(value, names)
}

// told are the parts of an inspection that a record keeps.
func told(info observe.Row) observe.Row {
	config, _ := info["Config"].(observe.Row)
	hostConfig, _ := info["HostConfig"].(observe.Row)
	return observe.Row{
		"AppArmorProfile": info["AppArmorProfile"],
		"MountLabel":      info["MountLabel"],
		"ProcessLabel":    info["ProcessLabel"],
		"Config":          part(config, []string{"Env", "Hostname", "Image", "User"}),
		"HostConfig":      part(hostConfig, inspected),
	}
}

func part(row observe.Row, keys []string) observe.Row {
	some := observe.Row{}
	for _, key := range keys {
		some[key] = row[key]
	}
	return some
}
