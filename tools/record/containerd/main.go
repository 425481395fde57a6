// Replays the CRI requests of an earlier recording against a running containerd and records what comes of them.
//
// usage: containerd SOCKET CASES.jsonl.gz PROBE_SCRIPT OUT
// Run by room.sh, in namespaces of its own.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
	"secctx/tools/record/observe"
)

type recorder struct {
	ctx      context.Context
	runtime  cri.RuntimeServiceClient
	image    cri.ImageServiceClient
	script   string
	engine   string
	profiles *observe.Profiles
}

func main() {
	if len(os.Args) != 5 {
		log.Fatal("usage: containerd SOCKET CASES.jsonl.gz PROBE_SCRIPT OUT")
	}
	if err := record(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		log.Fatal(err)
	}
}

func record(socket, casesFile, scriptFile, out string) error {
	connection, err := grpc.NewClient("unix://"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	script, err := os.ReadFile(scriptFile)
	if err != nil {
		return err
	}
	cases, err := observe.ReadRows(casesFile)
	if err != nil {
		return err
	}
	r := &recorder{
		ctx:     context.Background(),
		runtime: cri.NewRuntimeServiceClient(connection),
		image:   cri.NewImageServiceClient(connection),
		script:  strings.TrimSpace(string(script)),
	}
	version, err := r.runtime.Version(r.ctx, &cri.VersionRequest{})
	if err != nil {
		return err
	}
	r.engine = "containerd " + version.RuntimeVersion
	name := "containerd-" + plainVersion(version.RuntimeVersion)
	r.profiles = observe.NewProfiles(name)
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
		row, err := r.guarded(index, asked)
		if err != nil {
			return fmt.Errorf("%s: %w", asked["case"], err)
		}
		rows = append(rows, row)
		log.Printf("%d/%d %s: %s", index+1, len(cases), asked["case"], row["stage"])
	}
	if err := observe.WriteRows(filepath.Join(out, name+".jsonl.gz"), rows); err != nil {
		return err
	}
	if err := r.profiles.Write(out, name); err != nil {
		return err
	}
	status, err := r.status(version)
	if err != nil {
		return err
	}
	return observe.WriteJSON(filepath.Join(out, name+"-status.json.gz"), status, " ")
}

func (r *recorder) guarded(index int, asked observe.Row) (observe.Row, error) {
	sandbox, _ := asked["sandboxRequest"].(observe.Row)
	sysctls, _ := sandbox["sysctls"].(observe.Row)
	names := []string{}
	for name := range sysctls {
		names = append(names, name)
	}
	guard, reason := observe.Watch(names, asked["stage"] == "sandbox")
	if reason != "" {
		row := r.row(asked)
		row["stage"], row["skipped"] = "skipped", reason
		return row, nil
	}
	row, err := r.replay(index, asked)
	if changed := guard.Restore(); len(changed) > 0 {
		return nil, fmt.Errorf("the runtime changed the machine's %s (put back)", strings.Join(changed, ", "))
	}
	return row, err
}

// row is what a record repeats of the case asked.
func (r *recorder) row(asked observe.Row) observe.Row {
	row := observe.Row{"engine": r.engine}
	for _, key := range []string{"case", "group", "note", "image", "sandboxRequest", "request"} {
		if value, ok := asked[key]; ok {
			row[key] = value
		}
	}
	return row
}

// plainVersion is 1.6.20 of "1.6.20~ds1", as it stands in the names of the files.
func plainVersion(version string) string {
	end := strings.IndexAny(version, "~+-")
	if end < 0 {
		return version
	}
	return version[:end]
}
