// What the library says of a pod at every level and version.
package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

const module = "k8s.io/pod-security-admission"

var levels = []api.Level{api.LevelBaseline, api.LevelRestricted}

type verdict struct {
	Allowed bool     `json:"allowed"`
	Detail  string   `json:"detail,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Failing []string `json:"failing,omitempty"`
	Message string   `json:"message,omitempty"`
}

type judge struct {
	evaluator policy.Evaluator
	// versions are v1.0 up to the library's own minor.
	versions []api.Version
	// failing collects the ids of the checks that refuse, in the order in which the evaluator asks them.
	failing []string
}

func newJudge() (*judge, error) {
	newest, err := libraryMinor()
	if err != nil {
		return nil, err
	}
	j := &judge{}
	for minor := range newest + 1 {
		j.versions = append(j.versions, api.MajorMinorVersion(1, minor))
	}
	checks := policy.DefaultChecks()
	for c := range checks {
		for v := range checks[c].Versions {
			checks[c].Versions[v].CheckPod = j.heard(string(checks[c].ID), checks[c].Versions[v].CheckPod)
		}
	}
	j.evaluator, err = policy.NewEvaluator(checks, nil)
	return j, err
}

// libraryMinor is 37 of v0.37.2.
func libraryMinor() (int, error) {
	parts := strings.Split(libraryVersion(), ".")
	if len(parts) < 3 {
		return 0, fmt.Errorf("built without %s's version", module)
	}
	return strconv.Atoi(parts[1])
}

func libraryVersion() string {
	build, _ := debug.ReadBuildInfo()
	for _, dependency := range build.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	return ""
}

func (j *judge) heard(id string, check policy.CheckPodFn) policy.CheckPodFn {
	return func(meta *metav1.ObjectMeta, spec *corev1.PodSpec) policy.CheckResult {
		result := check(meta, spec)
		if !result.Allowed {
			j.failing = append(j.failing, id)
		}
		return result
	}
}

func (j *judge) verdict(pod *corev1.Pod, level api.Level, version api.Version) verdict {
	j.failing = nil
	at := api.LevelVersion{Level: level, Version: version}
	all := policy.AggregateCheckResults(j.evaluator.EvaluatePod(at, &pod.ObjectMeta, &pod.Spec))
	if all.Allowed {
		return verdict{Allowed: true}
	}
	violation := fmt.Errorf("violates PodSecurity %q: %s", at.String(), all.ForbiddenDetail())
	return verdict{
		Detail:  all.ForbiddenDetail(),
		Reason:  all.ForbiddenReason(),
		Failing: j.failing,
		Message: apierrors.NewForbidden(schema.GroupResource{Resource: "pods"}, pod.Name, violation).Error(),
	}
}

// verdicts are keyed LEVEL:VERSION; a version is left out where it says what the one before it said.
func (j *judge) verdicts(pod *corev1.Pod) map[string]verdict {
	said := map[string]verdict{}
	for _, level := range levels {
		said[string(level)+":latest"] = j.verdict(pod, level, api.LatestVersion())
		var before verdict
		for i, version := range j.versions {
			now := j.verdict(pod, level, version)
			if i == 0 || now.Allowed != before.Allowed || now.Detail != before.Detail {
				said[string(level)+":"+version.String()] = now
			}
			before = now
		}
	}
	return said
}

type checkRow struct {
	ID       policy.CheckID `json:"id"`
	Level    api.Level      `json:"level"`
	Versions []checkVersion `json:"versions"`
}

type checkVersion struct {
	MinimumVersion string           `json:"minimumVersion"`
	Overrides      []policy.CheckID `json:"overrides,omitempty"`
}

func checks() []checkRow {
	rows := []checkRow{}
	for _, check := range policy.DefaultChecks() {
		row := checkRow{ID: check.ID, Level: check.Level}
		for _, version := range check.Versions {
			row.Versions = append(row.Versions, checkVersion{version.MinimumVersion.String(), version.OverrideCheckIDs})
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b checkRow) int { return cmp.Compare(a.ID, b.ID) })
	return rows
}
