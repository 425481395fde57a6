// Records how Kubernetes reads YAML: sigs.k8s.io/yaml for one document, apimachinery's document reader for a stream.
//
// usage: yaml CASES.jsonl.gz OUT.jsonl.gz
// Takes name, kind and text of each row of CASES and writes the answers of the libraries that go.mod names.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// row has its keys in the order in which they are written.
type row struct {
	Documents   []document      `json:"documents,omitzero"`
	Error       string          `json:"error,omitempty"`
	JSON        json.RawMessage `json:"json,omitempty"`
	Kind        string          `json:"kind"`
	Name        string          `json:"name"`
	StrictError string          `json:"strictError,omitempty"`
	Text        string          `json:"text"`
}

type document struct {
	JSON  json.RawMessage `json:"json,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: yaml CASES.jsonl.gz OUT.jsonl.gz")
	}
	if err := record(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func record(casesFile, outFile string) error {
	in, err := os.Open(casesFile)
	if err != nil {
		return err
	}
	defer in.Close()
	cases, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	out, err := os.Create(outFile)
	if err != nil {
		return err
	}
	defer out.Close()
	zipped, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	rows, answers := json.NewDecoder(cases), json.NewEncoder(zipped)
	answers.SetEscapeHTML(false)
	for {
		var asked row
		if err := rows.Decode(&asked); errors.Is(err, io.EOF) {
			return zipped.Close()
		} else if err != nil {
			return err
		}
		if err := answers.Encode(answer(row{Kind: asked.Kind, Name: asked.Name, Text: asked.Text})); err != nil {
			return err
		}
	}
}

func answer(r row) row {
	if r.Kind == "stream" {
		r.Documents, r.Error = stream(r.Text)
		return r
	}
	read := convert([]byte(r.Text), yaml.YAMLToJSON)
	strict := convert([]byte(r.Text), yaml.YAMLToJSONStrict)
	r.JSON, r.Error, r.StrictError = read.JSON, read.Error, strict.Error
	return r
}

// stream reads documents until the reader ends or refuses.
func stream(text string) ([]document, string) {
	documents := []document{}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewBufferString(text)))
	for {
		part, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents, ""
		}
		if err != nil {
			return documents, err.Error()
		}
		documents = append(documents, convert(part, yaml.YAMLToJSON))
	}
}

func convert(text []byte, to func([]byte) ([]byte, error)) document {
	read, err := to(text)
	if err != nil {
		return document{Error: err.Error()}
	}
	return document{JSON: read}
}
