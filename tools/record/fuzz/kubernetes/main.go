// Answers requests as kube-apiserver does, with its own handlers and strategies and without a store or admission plugins:
// JSON lines in, JSON lines out.
//
// usage: kubernetes [-emulated 1.36] [-allow-privileged=false] [-gates A=true,B=false] <ASKED >ANSWERED
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"os"

	"k8s.io/apimachinery/pkg/util/version"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/capabilities"
)

func main() {
	emulated := flag.String("emulated", "", "minor whose feature gates hold")
	privileged := flag.Bool("allow-privileged", true, "kube-apiserver's flag")
	gates := flag.String("gates", "", "feature gates, as kube-apiserver takes them")
	flag.Parse()
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
	if *emulated != "" {
		if err := utilfeature.DefaultMutableFeatureGate.SetEmulationVersion(version.MustParse(*emulated)); err != nil {
			log.Fatal(err)
		}
	}
	if *gates != "" {
		if err := utilfeature.DefaultMutableFeatureGate.Set(*gates); err != nil {
			log.Fatal(err)
		}
	}
	capabilities.Setup(*privileged, 0)
	if err := answerAll(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func answerAll(in io.Reader, out io.Writer) error {
	server, err := newServer()
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(out, 1<<20)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for asked := json.NewDecoder(bufio.NewReaderSize(in, 1<<20)); ; {
		var row question
		if err := asked.Decode(&row); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return err
		}
		answered, err := server.answer(row)
		if err != nil {
			return err
		}
		if err := encoder.Encode(answered); err != nil {
			return err
		}
	}
}
