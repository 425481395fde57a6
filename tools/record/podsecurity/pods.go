// The pods of an earlier recording, judged again.
package main

import (
	"encoding/json"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	kjson "sigs.k8s.io/json"
)

// podRow has its keys in the order in which they are written; raw ones are kept as they were.
type podRow struct {
	Name           string             `json:"name"`
	Group          string             `json:"group"`
	Pod            json.RawMessage    `json:"pod"`
	ServerValid    json.RawMessage    `json:"serverValid,omitempty"`
	ServerError    json.RawMessage    `json:"serverError,omitempty"`
	ServerPod      json.RawMessage    `json:"serverPod,omitempty"`
	ServerWarnings json.RawMessage    `json:"serverWarnings,omitempty"`
	Results        map[string]verdict `json:"results"`
	ServerResults  map[string]verdict `json:"serverResults,omitempty"`
	LiveChecked    json.RawMessage    `json:"liveChecked,omitempty"`
	Warn           json.RawMessage    `json:"warn,omitempty"`
}

func judgedPods(from string, judge *judge) ([]podRow, error) {
	rows, err := readRows[podRow](from)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		row := &rows[i]
		pod, err := podOf(row.Pod)
		if err != nil {
			return nil, err
		}
		row.Results, row.ServerResults = judge.verdicts(pod), nil
		if row.ServerPod == nil {
			continue
		}
		stored, err := podOf(row.ServerPod)
		if err != nil {
			return nil, err
		}
		if said := judge.verdicts(stored); !maps.EqualFunc(said, row.Results, sameVerdict) {
			row.ServerResults = said
		}
	}
	return rows, nil
}

func sameVerdict(a, b verdict) bool {
	return a.Allowed == b.Allowed && a.Detail == b.Detail && slices.Equal(a.Failing, b.Failing)
}

// podOf reads as the API server reads.
func podOf(text json.RawMessage) (*corev1.Pod, error) {
	pod := &corev1.Pod{}
	return pod, kjson.UnmarshalCaseSensitivePreserveInts(text, pod)
}
