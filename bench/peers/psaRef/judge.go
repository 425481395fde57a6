// One document → its pods → what baseline and restricted say of them.
package main

import (
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

type judge struct{ evaluator policy.Evaluator }

func newJudge() (*judge, error) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	return &judge{evaluator}, err
}

var levels = []api.Level{api.LevelBaseline, api.LevelRestricted}

// object has of every workload what can hold its pod.
type object struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        metav1.ObjectMeta       `json:"metadata"`
	Template        *corev1.PodTemplateSpec `json:"template"`
	Spec            json.RawMessage         `json:"spec"`
	Items           []json.RawMessage       `json:"items"`
}

type workloadSpec struct {
	Template    *corev1.PodTemplateSpec `json:"template"`
	JobTemplate struct {
		Spec struct {
			Template *corev1.PodTemplateSpec `json:"template"`
		} `json:"spec"`
	} `json:"jobTemplate"`
}

func (r *run) document(at string, document []byte) error {
	text, err := yaml.YAMLToJSON(document)
	if err != nil {
		return err
	}
	return r.object(at, text)
}

func (r *run) object(at string, text []byte) error {
	if string(text) == "null" {
		return nil
	}
	var found object
	if err := json.Unmarshal(text, &found); err != nil {
		return err
	}
	if strings.HasSuffix(found.Kind, "List") {
		for i, item := range found.Items {
			if err := r.object(fmt.Sprintf("%s[%d]", at, i), item); err != nil {
				return err
			}
		}
		return nil
	}
	pod, err := podOf(&found)
	if pod != nil && err == nil {
		r.judged(at, &found, pod)
	}
	return err
}

func podOf(found *object) (*corev1.PodTemplateSpec, error) {
	switch found.Kind {
	case "Pod":
		pod := &corev1.PodTemplateSpec{ObjectMeta: found.Metadata}
		return pod, json.Unmarshal(found.Spec, &pod.Spec)
	case "PodTemplate":
		return found.Template, nil
	case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job", "CronJob":
		var spec workloadSpec
		if err := json.Unmarshal(found.Spec, &spec); err != nil {
			return nil, err
		}
		if found.Kind == "CronJob" {
			return spec.JobTemplate.Spec.Template, nil
		}
		return spec.Template, nil
	}
	return nil, nil
}

func (r *run) judged(at string, found *object, pod *corev1.PodTemplateSpec) {
	r.pods++
	violates := false
	for _, level := range levels {
		version := api.LevelVersion{Level: level, Version: api.LatestVersion()}
		all := policy.AggregateCheckResults(r.judge.evaluator.EvaluatePod(version, &pod.ObjectMeta, &pod.Spec))
		if all.Allowed {
			continue
		}
		violates = true
		fmt.Fprintf(r.out, "%s: %s/%s violates %s: %s\n", at, found.Kind, found.Metadata.Name, level, all.ForbiddenDetail())
	}
	if violates {
		r.violations++
	}
}
