package main

import (
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
	"secctx/tools/record/observe"
)

// status is what the kubelet asks of a runtime besides containers: its version, features and the images' users.
func (r *recorder) status(version *cri.VersionResponse) (observe.Row, error) {
	status, err := r.runtime.Status(r.ctx, &cri.StatusRequest{Verbose: true})
	if err != nil {
		return nil, err
	}
	config, err := observe.Value([]byte(status.Info["config"]))
	if err != nil {
		return nil, err
	}
	all := observe.Row{"config": config, "imageStatus": observe.Row{}}
	if all["status"], err = full(status); err != nil {
		return nil, err
	}
	if all["version"], err = full(version); err != nil {
		return nil, err
	}
	runtimeConfig, refusal := r.runtime.RuntimeConfig(r.ctx, &cri.RuntimeConfigRequest{})
	if refusal != nil {
		all["runtimeConfig"] = refusal.Error()
	} else if all["runtimeConfig"], err = full(runtimeConfig); err != nil {
		return nil, err
	}
	images, err := r.image.ListImages(r.ctx, &cri.ListImagesRequest{})
	if err != nil {
		return nil, err
	}
	for _, image := range images.Images {
		for _, tag := range image.RepoTags {
			told, err := r.image.ImageStatus(r.ctx, &cri.ImageStatusRequest{Image: &cri.ImageSpec{Image: tag}})
			if err != nil {
				return nil, err
			}
			if all["imageStatus"].(observe.Row)[tag], err = full(told.Image); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// full shows unset fields too.
func full(message proto.Message) (any, error) {
	text, err := protojson.MarshalOptions{UseProtoNames: true, EmitUnpopulated: true}.Marshal(message)
	if err != nil {
		return nil, err
	}
	return observe.Value(text)
}
