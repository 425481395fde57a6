package observe

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
)

// large is the length from which a profile stands in a file of its own.
const large = 2500

// Profiles gathers the large seccomp profiles of one recording.
type Profiles struct {
	file    string
	byHash  Row
	inOrder []string
}

// NewProfiles begins a collection for an engine: containerd-1.6.20.
func NewProfiles(engine string) *Profiles {
	return &Profiles{file: "seccomp-profiles-" + engine + ".json", byHash: Row{}}
}

// Shorten puts a reference in place of a spec's large profile.
// The first large one that comes by is taken for the default: it must be one of a default-capability process.
func (p *Profiles) Shorten(spec Row) error {
	linux, _ := spec["linux"].(Row)
	profile, ok := linux["seccomp"].(Row)
	if !ok {
		return nil
	}
	text, err := Spelled(profile)
	if err != nil || len(text) < large {
		return err
	}
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:])[:16]
	if _, known := p.byHash[hash]; !known {
		p.byHash[hash] = profile
		p.inOrder = append(p.inOrder, hash)
	}
	added, removed := rulesBeyond(profile, p.Default()), rulesBeyond(p.Default(), profile)
	linux["seccomp"] = Row{
		"$ref":          p.file + "#" + hash,
		"rulesAdded":    added,
		"rulesRemoved":  removed,
		"sameAsDefault": hash == p.inOrder[0],
	}
	return nil
}

// Default is the engine's default profile as emitted, nil before any was seen.
func (p *Profiles) Default() Row {
	if len(p.inOrder) == 0 {
		return nil
	}
	return p.byHash[p.inOrder[0]].(Row)
}

// Write writes the profiles by hash, and the default one, into a folder.
func (p *Profiles) Write(folder, engine string) error {
	if err := WriteJSON(filepath.Join(folder, p.file+".gz"), p.byHash, ""); err != nil {
		return err
	}
	return WriteJSON(filepath.Join(folder, "seccomp-default-"+engine+".json.gz"), p.Default(), " ")
}

func rulesBeyond(profile, other Row) []any {
	theirs, _ := other["syscalls"].([]any)
	known := []string{}
	for _, rule := range theirs {
		text, _ := Spelled(rule)
		known = append(known, string(text))
	}
	mine, _ := profile["syscalls"].([]any)
	beyond := []any{}
	for _, rule := range mine {
		if text, _ := Spelled(rule); !slices.Contains(known, string(text)) {
			beyond = append(beyond, rule)
		}
	}
	return beyond
}
