// Records the upstream Pod Security library: k8s.io/pod-security-admission in the version that go.mod names.
//
// usage: podsecurity FROM OUT
// FROM is the folder of an earlier recording: its pods are judged again, and what only a live API server can tell is
// kept from it (psa.jsonl all but results and serverResults; psa-fixtures.jsonl live).
package main

import (
	"log"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: podsecurity FROM OUT")
	}
	if err := record(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func record(from, out string) error {
	judge, err := newJudge()
	if err != nil {
		return err
	}
	pods, err := judgedPods(filepath.Join(from, "psa.jsonl.gz"), judge)
	if err != nil {
		return err
	}
	if err := writeRows(filepath.Join(out, "psa.jsonl.gz"), pods, spaced); err != nil {
		return err
	}
	fixtures, err := judgedFixtures(filepath.Join(from, "psa-fixtures.jsonl.gz"), judge)
	if err != nil {
		return err
	}
	if err := writeRows(filepath.Join(out, "psa-fixtures.jsonl.gz"), fixtures, spaced); err != nil {
		return err
	}
	return writeRows(filepath.Join(out, "psa-checks.jsonl.gz"), checks(), compact)
}
