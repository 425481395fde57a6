// The yardstick of bench/check.ts: reads YAML documents in a stream and judges each pod with the admission code itself.
//
// usage: psaRef PATH...
// A folder stands for the .yaml, .yml and .json files in it. Exit code: 0 all pods meet restricted, 1 some do not, 2 a
// document could not be read.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	judge, err := newJudge()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	run := &run{judge: judge, out: out}
	for _, path := range os.Args[1:] {
		run.path(path)
	}
	fmt.Fprintf(out, "%d pods, %d violations, %d errors\n", run.pods, run.violations, run.failed)
	out.Flush()
	switch {
	case run.failed > 0:
		os.Exit(2)
	case run.violations > 0:
		os.Exit(1)
	}
}

type run struct {
	judge                    *judge
	out                      *bufio.Writer
	pods, violations, failed int
}

func (r *run) path(path string) {
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || (file != path && !isManifest(file)) {
			return err
		}
		return r.file(file)
	})
	if err != nil {
		r.fail(path, err)
	}
}

func isManifest(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

func (r *run) file(file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	reader := utilyaml.NewYAMLReader(bufio.NewReaderSize(in, 64*1024))
	for number := 0; ; number++ {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		at := fmt.Sprintf("%s#%d", file, number)
		if err := r.document(at, document); err != nil {
			r.fail(at, err)
		}
	}
}

func (r *run) fail(at string, err error) {
	r.failed++
	fmt.Fprintf(r.out, "%s: %v\n", at, err)
}
