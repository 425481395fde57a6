// Records what `kubectl describe pod` prints of pods: one JSON object per line in, the same with `text` out.
//
// Times are told as seconds ago, since kubectl prints ages of the moment.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/kubectl/pkg/describe"
)

type told struct {
	Type      string  `json:"type"`
	Reason    string  `json:"reason"`
	Message   string  `json:"message"`
	FieldPath string  `json:"fieldPath,omitempty"`
	Source    string  `json:"source"`
	Count     int32   `json:"count"`
	FirstAgo  float64 `json:"firstAgo"`
	LastAgo   float64 `json:"lastAgo"`
}

type row struct {
	Name string          `json:"name"`
	Pod  json.RawMessage `json:"pod"`
	// Seconds since the deletion timestamp; negative: it is yet to come.
	DeletedAgo *float64 `json:"deletedAgo,omitempty"`
	Events     []told   `json:"events"`
	Text       string   `json:"text"`
}

func ago(seconds float64) metav1.Time {
	return metav1.Time{Time: time.Now().Add(-time.Duration(seconds * float64(time.Second)))}
}

func text(one row) string {
	var pod corev1.Pod
	if err := json.Unmarshal(one.Pod, &pod); err != nil {
		log.Fatalf("%s: %v", one.Name, err)
	}
	if one.DeletedAgo != nil {
		at := ago(*one.DeletedAgo)
		pod.DeletionTimestamp = &at
	}
	client := fake.NewClientset(&pod)
	for at, event := range one.Events {
		object := &corev1.Event{
			ObjectMeta: metav1.ObjectMeta{Name: string(rune('a' + at)), Namespace: pod.Namespace},
			InvolvedObject: corev1.ObjectReference{
				Kind: "Pod", Name: pod.Name, Namespace: pod.Namespace, FieldPath: event.FieldPath,
			},
			Type: event.Type, Reason: event.Reason, Message: event.Message, Count: event.Count,
			Source:         corev1.EventSource{Component: event.Source},
			FirstTimestamp: ago(event.FirstAgo), LastTimestamp: ago(event.LastAgo),
		}
		if err := client.Tracker().Add(object); err != nil {
			log.Fatal(err)
		}
	}
	describer := &describe.PodDescriber{Interface: client}
	said, err := describer.Describe(pod.Namespace, pod.Name, describe.DescriberSettings{ShowEvents: true, ChunkSize: 500})
	if err != nil {
		log.Fatalf("%s: %v", one.Name, err)
	}
	return said
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var one row
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			log.Fatal(err)
		}
		one.Text = text(one)
		if err := out.Encode(one); err != nil {
			log.Fatal(err)
		}
	}
}
