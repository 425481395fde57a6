// Upstream's own fixtures: minimal valid pods, and what must pass and fail each check, each judged.
package main

import (
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	fixtures "secctx/tools/record/podsecurity/fixtures"
)

// fixtureRow has its keys in the order in which they are written.
type fixtureRow struct {
	Level                api.Level          `json:"level"`
	Check                string             `json:"check"`
	Expect               string             `json:"expect"`
	Index                int                `json:"index"`
	Versions             []string           `json:"versions"`
	ExpectErrorSubstring string             `json:"expectErrorSubstring,omitempty"`
	FailRequiresError    bool               `json:"failRequiresError,omitempty"`
	Pod                  json.RawMessage    `json:"pod"`
	Results              map[string]verdict `json:"results"`
	Name                 string             `json:"name"`
	Live                 json.RawMessage    `json:"live,omitempty"`
	Files                string             `json:"files"`
}

type generated struct {
	check, expect string
	pods          []*corev1.Pod
	wants         fixtures.Fixtures
}

// judgedFixtures has one row per distinct pod, which lists all versions where upstream makes exactly this pod.
func judgedFixtures(from string, judge *judge) ([]fixtureRow, error) {
	earlier, err := readRows[fixtureRow](from)
	if err != nil {
		return nil, err
	}
	rows := []fixtureRow{}
	seen := map[string]int{}
	for _, level := range levels {
		for _, version := range judge.versions {
			for _, made := range generate(level, version) {
				for index, pod := range made.pods {
					text, err := podText(pod)
					if err != nil {
						return nil, err
					}
					key := fmt.Sprint(level, made.check, made.expect, index, string(text))
					at, known := seen[key]
					if !known {
						at = len(rows)
						seen[key] = at
						rows = append(rows, newRow(level, made, index, text))
						if rows[at].Results, err = verdictsWithoutMessage(judge, text); err != nil {
							return nil, err
						}
					}
					rows[at].Versions = append(rows[at].Versions, version.String())
				}
			}
		}
	}
	for i := range rows {
		finish(&rows[i], earlier)
	}
	return rows, nil
}

func generate(level api.Level, version api.Version) []generated {
	all := []generated{}
	for _, minimal := range []struct {
		name string
		pod  func(api.Level, api.Version) (*corev1.Pod, error)
	}{
		{"minimalValid", fixtures.GetMinimalValidPod},
		{"minimalValidLinux", fixtures.GetMinimalValidLinuxPod},
		{"minimalValidWindows", fixtures.GetMinimalValidWindowsPod},
	} {
		if pod, err := minimal.pod(level, version); err == nil {
			all = append(all, generated{check: minimal.name, expect: "pass", pods: []*corev1.Pod{pod}})
		}
	}
	for _, check := range policy.DefaultChecks() {
		wants, ok := fixtures.Of(level, version, check.ID)
		if !ok {
			continue
		}
		all = append(all,
			generated{string(check.ID), "pass", wants.Pass, fixtures.Fixtures{}},
			generated{string(check.ID), "fail", wants.Fail, wants})
	}
	return all
}

func newRow(level api.Level, made generated, index int, pod json.RawMessage) fixtureRow {
	return fixtureRow{
		Level:                level,
		Check:                made.check,
		Expect:               made.expect,
		Index:                index,
		ExpectErrorSubstring: made.wants.ExpectErrorSubstring,
		FailRequiresError:    made.wants.FailRequiresError,
		Pod:                  pod,
		Files:                "upstream " + module + " " + libraryVersion() + " test package",
	}
}

// podText is the pod as it would be sent: with a name, without a status.
func podText(pod *corev1.Pod) (json.RawMessage, error) {
	named := pod.DeepCopy()
	named.Name = "fixture"
	return json.Marshal(struct {
		APIVersion string            `json:"apiVersion"`
		Kind       string            `json:"kind"`
		Metadata   metav1.ObjectMeta `json:"metadata"`
		Spec       corev1.PodSpec    `json:"spec"`
	}{"v1", "Pod", named.ObjectMeta, named.Spec})
}

func verdictsWithoutMessage(judge *judge, text json.RawMessage) (map[string]verdict, error) {
	pod, err := podOf(text)
	if err != nil {
		return nil, err
	}
	said := judge.verdicts(pod)
	for key, value := range said {
		value.Message = ""
		said[key] = value
	}
	return said, nil
}

// finish names the row and keeps the live server's answers to the same pod.
func finish(row *fixtureRow, earlier []fixtureRow) {
	first, last := row.Versions[0], row.Versions[len(row.Versions)-1]
	row.Name = fmt.Sprintf("%s/%s/%s/%s%d", row.Level, first, row.Check, row.Expect, row.Index)
	if first != last {
		row.Name += fmt.Sprintf(" (to %s)", last)
	}
	for _, old := range earlier {
		same := old.Level == row.Level && old.Check == row.Check && old.Expect == row.Expect && old.Index == row.Index
		if same && old.Versions[0] == first && sameJSON(old.Pod, row.Pod) {
			row.Live = old.Live
		}
	}
}
