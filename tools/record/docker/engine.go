package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"secctx/tools/record/observe"
)

// engine speaks the Engine API over a unix socket.
type engine struct {
	client *http.Client
	api    string
}

// refusal is the API's own error.
type refusal struct {
	code int
	text string
}

func (r *refusal) Error() string { return fmt.Sprintf("%d %s", r.code, r.text) }

func newEngine(socket string) engine {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}
	return engine{client: &http.Client{Transport: &http.Transport{DialContext: dial}}}
}

// begin agrees on the newest API version, loads the images and answers the daemon's version: 20.10.24.
func (e *engine) begin(images string) (string, error) {
	var version struct{ Version, APIVersion string }
	text, err := e.call(http.MethodGet, "/version", nil)
	if err != nil {
		return "", err
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return "", err
	}
	e.api = "/v" + version.APIVersion
	archive, err := os.Open(images)
	if err != nil {
		return "", err
	}
	defer archive.Close()
	plain, _, _ := strings.Cut(version.Version, "+")
	_, err = e.call(http.MethodPost, "/images/load?quiet=1", archive)
	return plain, err
}

func (e *engine) call(method, path string, body io.Reader) ([]byte, error) {
	request, err := http.NewRequest(method, "http://docker"+e.api+path, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(path, "/images/load") {
		request.Header.Set("Content-Type", "application/x-tar")
	}
	response, err := e.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= http.StatusBadRequest {
		var told struct{ Message string }
		if json.Unmarshal(text, &told) != nil {
			told.Message = string(text)
		}
		return nil, &refusal{response.StatusCode, told.Message}
	}
	return text, nil
}

// create answers the container's id.
func (e *engine) create(body observe.Row) (string, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return "", err
	}
	answer, err := e.call(http.MethodPost, "/containers/create", bytes.NewReader(text))
	if err != nil {
		return "", err
	}
	var created struct{ ID string }
	return created.ID, json.Unmarshal(answer, &created)
}

func (e *engine) start(id string) error {
	_, err := e.call(http.MethodPost, "/containers/"+id+"/start", nil)
	return err
}

func (e *engine) remove(id string) {
	_, _ = e.call(http.MethodDelete, "/containers/"+id+"?force=1&v=1", nil)
}

func (e *engine) inspect(id string) (observe.Row, error) {
	text, err := e.call(http.MethodGet, "/containers/"+id+"/json", nil)
	if err != nil {
		return nil, err
	}
	value, err := observe.Value(text)
	if err != nil {
		return nil, err
	}
	row, _ := value.(observe.Row)
	return row, nil
}

// logs is stdout and stderr as they came; each piece has a head of eight bytes, the last four its length.
func (e *engine) logs(id string) (string, error) {
	text, err := e.call(http.MethodGet, "/containers/"+id+"/logs?stdout=1&stderr=1", nil)
	if err != nil {
		return "", err
	}
	output := ""
	for len(text) >= 8 {
		length := int(binary.BigEndian.Uint32(text[4:8]))
		if len(text) < 8+length {
			break
		}
		output += string(text[8 : 8+length])
		text = text[8+length:]
	}
	return output, nil
}
