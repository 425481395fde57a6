package observe

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
)

// ReadRows reads gzipped JSON Lines; integers stay exact.
func ReadRows(file string) ([]Row, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	lines := json.NewDecoder(unzipped)
	lines.UseNumber()
	rows := []Row{}
	for {
		var row Row
		if err := lines.Decode(&row); errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

// WriteRows writes gzipped JSON Lines.
func WriteRows(file string, rows []Row) error {
	var text bytes.Buffer
	for _, row := range rows {
		line, err := Spelled(row)
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	return writeZipped(file, text.Bytes())
}

// WriteJSON writes one gzipped document, each level indented by indent.
func WriteJSON(file string, value any, indent string) error {
	line, err := Spelled(value)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, line, "", indent); err != nil {
		return err
	}
	return writeZipped(file, text.Bytes())
}

func writeZipped(file string, text []byte) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	zipped, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := zipped.Write(text); err != nil {
		return err
	}
	return zipped.Close()
}

// Spelled is JSON with sorted keys and a space behind commas and colons: how the recordings are written and hashed.
func Spelled(value any) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	wide := make([]byte, 0, line.Len()*9/8)
	inString := false
	text := bytes.TrimSuffix(line.Bytes(), []byte("\n"))
	for i := 0; i < len(text); i++ {
		c := text[i]
		wide = append(wide, c)
		switch {
		case c == '\\':
			i++
			wide = append(wide, text[i])
		case c == '"':
			inString = !inString
		case !inString && (c == ',' || c == ':'):
			wide = append(wide, ' ')
		}
	}
	return wide, nil
}

// Value reads JSON into maps, slices and exact numbers.
func Value(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	return value, decoder.Decode(&value)
}

var longID = regexp.MustCompile(`[0-9a-f]{64}`)

// Plain replaces names in every string: first the given ones, then every other 64-digit id by <ID>.
func Plain(value any, names map[string]string) any {
	switch value := value.(type) {
	case string:
		if name, ok := names[value]; ok {
			return name
		}
		return longID.ReplaceAllStringFunc(value, func(id string) string {
			if name, ok := names[id]; ok {
				return name
			}
			return "<ID>"
		})
	case []any:
		plain := slices.Clone(value)
		for i := range plain {
			plain[i] = Plain(plain[i], names)
		}
		return plain
	case Row:
		plain := Row{}
		for key := range value {
			plain[key] = Plain(value[key], names)
		}
		return plain
	}
	return value
}
