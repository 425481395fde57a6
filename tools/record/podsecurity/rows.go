// Reading and writing gzipped JSON Lines, in the two spellings that the recordings have.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"reflect"
)

type spelling func([]byte) []byte

func compact(line []byte) []byte { return line }

// spaced puts a space behind every comma and colon that is not in a string.
func spaced(line []byte) []byte {
	wide := make([]byte, 0, len(line)+len(line)/8)
	inString := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		wide = append(wide, c)
		switch {
		case c == '\\':
			i++
			wide = append(wide, line[i])
		case c == '"':
			inString = !inString
		case !inString && (c == ',' || c == ':'):
			wide = append(wide, ' ')
		}
	}
	return wide
}

// sameJSON compares values, whatever the order of keys.
func sameJSON(a, b json.RawMessage) bool {
	var left, right any
	if json.Unmarshal(a, &left) != nil || json.Unmarshal(b, &right) != nil {
		return false
	}
	return reflect.DeepEqual(left, right)
}

func readRows[T any](file string) ([]T, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	rows := []T{}
	for lines := json.NewDecoder(unzipped); ; {
		var row T
		if err := lines.Decode(&row); errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

func writeRows[T any](file string, rows []T, spell spelling) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	zipped, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, row := range rows {
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(row); err != nil {
			return err
		}
		if _, err := zipped.Write(spell(line.Bytes())); err != nil {
			return err
		}
	}
	return zipped.Close()
}
