package main

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"secctx/tools/record/observe"
)

// decoded reads the JSON text that a verbose status carries under a name.
func decoded(info map[string]string, name string) (observe.Row, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(info["info"]), &all); err != nil {
		return nil, err
	}
	value, err := observe.Value(all[name])
	if err != nil {
		return nil, err
	}
	row, _ := value.(observe.Row)
	return row, nil
}

// logged is the container's output without the log's timestamps.
func logged(file string) string {
	text, _ := os.ReadFile(file)
	output := ""
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(line, " ", 4)
		if len(parts) == 4 && strings.HasSuffix(line, "\n") {
			output += parts[3]
		}
	}
	return output
}

func pidOf(info map[string]string) (int, error) {
	var told struct{ Pid json.Number }
	if err := json.Unmarshal([]byte(info["info"]), &told); err != nil {
		return 0, err
	}
	return strconv.Atoi(told.Pid.String())
}

func fromRow(row any, message proto.Message) error {
	text, err := json.Marshal(row)
	if err != nil || string(text) == "null" {
		return err
	}
	return protojson.Unmarshal(text, message)
}

func toRow(message proto.Message) (any, error) {
	text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(message)
	if err != nil {
		return nil, err
	}
	return observe.Value(text)
}
