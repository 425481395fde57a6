// The nine kinds that hold a pod, each with the strategy that kube-apiserver creates it by.
package main

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	core "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
)

type served struct {
	version  schema.GroupVersion
	kind     string
	resource string
	strategy rest.RESTCreateStrategy
	empty    func() runtime.Object
}

var (
	coreV1  = schema.GroupVersion{Version: "v1"}
	appsV1  = schema.GroupVersion{Group: "apps", Version: "v1"}
	batchV1 = schema.GroupVersion{Group: "batch", Version: "v1"}
)

var kinds = []served{
	{coreV1, "Pod", "pods", pod.Strategy, func() runtime.Object { return &core.Pod{} }},
	{coreV1, "PodTemplate", "podtemplates", podtemplate.Strategy, func() runtime.Object { return &core.PodTemplate{} }},
	{coreV1, "ReplicationController", "replicationcontrollers", replicationcontroller.Strategy, func() runtime.Object { return &core.ReplicationController{} }},
	{appsV1, "Deployment", "deployments", deployment.Strategy, func() runtime.Object { return &apps.Deployment{} }},
	{appsV1, "ReplicaSet", "replicasets", replicaset.Strategy, func() runtime.Object { return &apps.ReplicaSet{} }},
	{appsV1, "StatefulSet", "statefulsets", statefulset.Strategy, func() runtime.Object { return &apps.StatefulSet{} }},
	{appsV1, "DaemonSet", "daemonsets", daemonset.Strategy, func() runtime.Object { return &apps.DaemonSet{} }},
	{batchV1, "Job", "jobs", job.Strategy, func() runtime.Object { return &batch.Job{} }},
	{batchV1, "CronJob", "cronjobs", cronjob.Strategy, func() runtime.Object { return &batch.CronJob{} }},
}
