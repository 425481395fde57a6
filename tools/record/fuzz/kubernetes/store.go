// What stands where kube-apiserver has its store: the strategies alone decide, and nothing is kept.
package main

import (
	"context"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"
	core "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/registry/core/pod"
)

type creater struct {
	served
	// created is the internal object that was accepted last.
	created runtime.Object
}

func (c *creater) New() runtime.Object { return c.empty() }

// Create does what k8s.io/apiserver/pkg/registry/generic/registry.Store does before it writes.
func (c *creater) Create(ctx context.Context, obj runtime.Object, _ rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	object, err := meta.Accessor(obj)
	if err != nil {
		return nil, err
	}
	rest.FillObjectMetaSystemFields(object)
	if object.GetGenerateName() != "" && object.GetName() == "" {
		object.SetName(c.strategy.GenerateName(object.GetGenerateName()))
	}
	if created, ok := obj.(*core.Pod); ok {
		nameServiceAccount(created)
	}
	if err := rest.BeforeCreate(c.strategy, ctx, obj); err != nil {
		return nil, err
	}
	c.created = obj.DeepCopyObject()
	return obj, nil
}

// updater puts ephemeral containers to a running pod.
type updater struct {
	served
	running runtime.Object
}

func (u *updater) New() runtime.Object { return u.empty() }

func (u *updater) Update(ctx context.Context, name string, info rest.UpdatedObjectInfo, _ rest.ValidateObjectFunc, _ rest.ValidateObjectUpdateFunc, _ bool, _ *metav1.UpdateOptions) (runtime.Object, bool, error) {
	old := u.running.DeepCopyObject()
	obj, err := info.UpdatedObject(ctx, old)
	if err != nil {
		return nil, false, err
	}
	// A pod may be updated without saying which of its versions is meant.
	updated, err := meta.Accessor(obj)
	if err != nil {
		return nil, false, err
	}
	running, err := meta.Accessor(old)
	if err != nil {
		return nil, false, err
	}
	updated.SetResourceVersion(running.GetResourceVersion())
	if err := rest.BeforeUpdate(pod.EphemeralContainersStrategy, ctx, obj, old); err != nil {
		return nil, false, err
	}
	return obj, false, nil
}

// nameServiceAccount is what the admission plugin ServiceAccount does to every pod but a mirror pod.
func nameServiceAccount(pod *core.Pod) {
	_, isMirror := pod.Annotations[core.MirrorPodAnnotationKey]
	if isMirror || pod.Spec.ServiceAccountName != "" {
		return
	}
	pod.Spec.ServiceAccountName, pod.Spec.DeprecatedServiceAccount = "default", "default"
}
