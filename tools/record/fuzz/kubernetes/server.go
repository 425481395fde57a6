// kube-apiserver's request handlers over those kinds.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apiserver/pkg/endpoints/filters"
	"k8s.io/apiserver/pkg/endpoints/handlers"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

const namespace = "default"

type question struct {
	Kind            string `json:"kind"`
	Raw             string `json:"raw"`
	FieldValidation string `json:"fieldValidation"`
	// Base is the pod that gets ephemeral containers; empty for a create.
	Base string `json:"base"`
}

type answer struct {
	Code     int             `json:"code"`
	Warnings []string        `json:"warnings"`
	Body     json.RawMessage `json:"body"`
}

type server struct {
	scopes map[string]handlers.RequestScope
	kinds  map[string]served
}

func newServer() (*server, error) {
	s := &server{map[string]handlers.RequestScope{}, map[string]served{}}
	for _, kind := range kinds {
		scope, err := newScope(kind)
		if err != nil {
			return nil, err
		}
		s.scopes[kind.kind], s.kinds[kind.kind] = scope, kind
	}
	return s, nil
}

func newScope(kind served) (handlers.RequestScope, error) {
	scheme := legacyscheme.Scheme
	hub := schema.GroupVersion{Group: kind.version.Group, Version: runtime.APIVersionInternal}
	fields, err := managedfields.NewDefaultFieldManager(managedfields.NewDeducedTypeConverter(), scheme, scheme, scheme,
		kind.version.WithKind(kind.kind), hub, "", nil)
	return handlers.RequestScope{
		Namer:            handlers.ContextBasedNaming{Namer: meta.NewAccessor()},
		Serializer:       legacyscheme.Codecs,
		ParameterCodec:   legacyscheme.ParameterCodec,
		Creater:          scheme,
		Convertor:        scheme,
		Defaulter:        scheme,
		Typer:            scheme,
		UnsafeConvertor:  runtime.UnsafeObjectConvertor(scheme),
		FieldManager:     fields,
		Resource:         kind.version.WithResource(kind.resource),
		Kind:             kind.version.WithKind(kind.kind),
		MetaGroupVersion: metav1.SchemeGroupVersion,
		HubGroupVersion:  hub,
	}, err
}

func (s *server) answer(row question) (answer, error) {
	kind, known := s.kinds[row.Kind]
	if !known {
		return answer{}, fmt.Errorf("no kind %q", row.Kind)
	}
	scope := s.scopes[row.Kind]
	store := &creater{served: kind}
	if row.Base == "" {
		return ask(handlers.CreateResource(store, &scope, nil), http.MethodPost, row, requestInfo(kind, "create", ""))
	}
	base, err := ask(handlers.CreateResource(store, &scope, nil), http.MethodPost, question{Raw: row.Base}, requestInfo(kind, "create", ""))
	if err != nil || store.created == nil {
		return base, err
	}
	object, err := meta.Accessor(store.created)
	if err != nil {
		return answer{}, err
	}
	object.SetResourceVersion("1")
	info := requestInfo(kind, "update", object.GetName())
	info.Subresource, scope.Subresource = "ephemeralcontainers", "ephemeralcontainers"
	return ask(handlers.UpdateResource(&updater{kind, store.created}, &scope, nil), http.MethodPut, row, info)
}

func requestInfo(kind served, verb, name string) *request.RequestInfo {
	return &request.RequestInfo{
		IsResourceRequest: true, Verb: verb, Namespace: namespace, Name: name, Resource: kind.resource,
		APIGroup: kind.version.Group, APIVersion: kind.version.Version,
	}
}

func ask(handler http.HandlerFunc, method string, row question, info *request.RequestInfo) (answer, error) {
	target := "/?" + url.Values{"fieldValidation": {row.FieldValidation}}.Encode()
	if row.FieldValidation == "" {
		target = "/"
	}
	req := httptest.NewRequest(method, target, strings.NewReader(row.Raw))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req = req.WithContext(request.WithRequestInfo(request.WithNamespace(req.Context(), namespace), info))
	recorder := httptest.NewRecorder()
	filters.WithWarningRecorder(handler).ServeHTTP(recorder, req)
	said, errs := utilnet.ParseWarningHeaders(recorder.Header().Values("Warning"))
	if len(errs) > 0 {
		return answer{}, errs[0]
	}
	texts := []string{}
	for _, header := range said {
		texts = append(texts, header.Text)
	}
	return answer{recorder.Code, texts, json.RawMessage(strings.TrimSpace(recorder.Body.String()))}, nil
}
