package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
	"secctx/tools/record/observe"
)

// patience is how long a container may take until its probes have printed all.
const patience = 10 * time.Second

const logRoot = "/srv/lab/work/logs"

// pod is one sandbox while its case runs.
type pod struct {
	id     string
	config *cri.PodSandboxConfig
	proc   int
}

// replay does what the kubelet does: sandbox, container, start. The first refusal ends it and is the record's stage.
func (r *recorder) replay(index int, asked observe.Row) (observe.Row, error) {
	row := r.row(asked)
	config, err := sandboxConfig(index, asked)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(config.LogDirectory)
	run, refusal := r.runtime.RunPodSandbox(r.ctx, &cri.RunPodSandboxRequest{Config: config})
	if refusal != nil {
		return refused(row, "sandbox", refusal, nil), nil
	}
	p := &pod{id: run.PodSandboxId, config: config}
	defer func() {
		_, _ = r.runtime.StopPodSandbox(r.ctx, &cri.StopPodSandboxRequest{PodSandboxId: p.id})
		_, _ = r.runtime.RemovePodSandbox(r.ctx, &cri.RemovePodSandboxRequest{PodSandboxId: p.id})
	}()
	if err := r.describeSandbox(row, p); err != nil {
		return nil, err
	}
	security := &cri.LinuxContainerSecurityContext{}
	if err := fromRow(asked["request"], security); err != nil {
		return nil, err
	}
	if joinsRunning(asked) {
		first, refusal := r.firstContainer(p)
		if refusal != nil {
			return refused(row, "first-container", refusal, nil), nil
		}
		security.NamespaceOptions.TargetId = first
	}
	image, _ := asked["image"].(string)
	return row, r.runContainer(row, p, image, security)
}

func (r *recorder) describeSandbox(row observe.Row, p *pod) error {
	status, err := r.runtime.PodSandboxStatus(r.ctx, &cri.PodSandboxStatusRequest{PodSandboxId: p.id, Verbose: true})
	if err != nil {
		return err
	}
	spec, err := decoded(status.Info, "runtimeSpec")
	if err != nil {
		return err
	}
	if p.proc, err = pidOf(status.Info); err != nil {
		return err
	}
	if row["sandboxOciSpec"], err = r.plainSpec(spec, nil); err != nil {
		return err
	}
	row["sandboxProcStatus"], err = observe.Sandbox(p.proc)
	return err
}

func (r *recorder) runContainer(row observe.Row, p *pod, image string, security *cri.LinuxContainerSecurityContext) error {
	names := map[string]string{p.id: "<SANDBOX>"}
	id, refusal := r.create(p, "c", image, r.script, security)
	if refusal != nil {
		refused(row, "create", refusal, names)
		return nil
	}
	names[id] = "<CONTAINER>"
	created, err := r.runtime.ContainerStatus(r.ctx, &cri.ContainerStatusRequest{ContainerId: id, Verbose: true})
	if err != nil {
		return err
	}
	spec, err := decoded(created.Info, "runtimeSpec")
	if err != nil {
		return err
	}
	if row["ociSpec"], err = r.plainSpec(spec, map[string]string{r.script: "@probe-script.sh"}); err != nil {
		return err
	}
	if created.Status.User != nil {
		if row["containerStatusUser"], err = toRow(created.Status.User); err != nil {
			return err
		}
	}
	if _, refusal := r.runtime.StartContainer(r.ctx, &cri.StartContainerRequest{ContainerId: id}); refusal != nil {
		refused(row, "start", refusal, names)
		return nil
	}
	return r.watch(row, p, id)
}

// watch waits for the probes, then looks at the container's first process.
func (r *recorder) watch(row observe.Row, p *pod, id string) error {
	row["stage"] = "ok"
	var output string
	for end := time.Now().Add(patience); time.Now().Before(end) && !observe.Done(output); time.Sleep(20 * time.Millisecond) {
		output = logged(filepath.Join(p.config.LogDirectory, "c.log"))
		status, err := r.runtime.ContainerStatus(r.ctx, &cri.ContainerStatusRequest{ContainerId: id})
		if err != nil {
			return err
		}
		if status.Status.State == cri.ContainerState_CONTAINER_EXITED {
			row["stage"] = "exited"
			row["observed"] = observe.Row{"inside": observe.Inside(output)}
			return nil
		}
	}
	running, err := r.runtime.ContainerStatus(r.ctx, &cri.ContainerStatusRequest{ContainerId: id, Verbose: true})
	if err != nil {
		return err
	}
	pid, err := pidOf(running.Info)
	if err != nil {
		return err
	}
	if running.Status.User != nil {
		if row["containerStatusUser"], err = toRow(running.Status.User); err != nil {
			return err
		}
	}
	seen, err := observe.Container(pid, observe.Inside(output))
	if err != nil {
		return err
	}
	seen["nsVsSandbox"] = observe.Namespaces(pid, p.proc)
	row["observed"] = seen
	return nil
}

func (r *recorder) create(p *pod, name, image, script string, security *cri.LinuxContainerSecurityContext) (string, error) {
	created, err := r.runtime.CreateContainer(r.ctx, &cri.CreateContainerRequest{
		PodSandboxId:  p.id,
		SandboxConfig: p.config,
		Config: &cri.ContainerConfig{
			Metadata: &cri.ContainerMetadata{Name: name},
			Image:    &cri.ImageSpec{Image: "localhost/lab:" + image},
			Command:  []string{"/bin/sh", "-c", script},
			LogPath:  name + ".log",
			Linux:    &cri.LinuxContainerConfig{SecurityContext: security},
		},
	})
	if err != nil {
		return "", err
	}
	return created.ContainerId, nil
}

// firstContainer runs beside the case's own, for it to join.
func (r *recorder) firstContainer(p *pod) (string, error) {
	security := &cri.LinuxContainerSecurityContext{NamespaceOptions: &cri.NamespaceOption{Pid: cri.NamespaceMode_CONTAINER}}
	id, err := r.create(p, "first", "unset", "exec sleep 3600", security)
	if err != nil {
		return "", err
	}
	_, err = r.runtime.StartContainer(r.ctx, &cri.StartContainerRequest{ContainerId: id})
	return id, err
}

// joinsRunning: the target's id was made by the recorder and is not in the record; that the container came to be shows it.
func joinsRunning(asked observe.Row) bool {
	request, _ := asked["request"].(observe.Row)
	namespaces, _ := request["namespace_options"].(observe.Row)
	_, named := namespaces["target_id"]
	return namespaces["pid"] == "TARGET" && !named && asked["stage"] != "create"
}

func sandboxConfig(index int, asked observe.Row) (*cri.PodSandboxConfig, error) {
	name := fmt.Sprintf("lab%d-%d", index, time.Now().UnixNano()%1e9)
	config := &cri.PodSandboxConfig{
		Metadata:     &cri.PodSandboxMetadata{Name: "p" + name, Uid: name, Namespace: "lab"},
		LogDirectory: filepath.Join(logRoot, name),
		Linux:        &cri.LinuxPodSandboxConfig{},
	}
	if err := fromRow(asked["sandboxRequest"], config.Linux); err != nil {
		return nil, err
	}
	return config, os.MkdirAll(config.LogDirectory, 0o755)
}

func (r *recorder) plainSpec(spec observe.Row, names map[string]string) (observe.Row, error) {
	plain, _ := observe.Plain(spec, names).(observe.Row)
	return plain, r.profiles.Shorten(plain)
}

func refused(row observe.Row, stage string, refusal error, names map[string]string) observe.Row {
	row["stage"], row["error"] = stage, observe.Plain(refusal.Error(), names)
	return row
}
