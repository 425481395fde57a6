// Writes src/core/tables/podSchema.ts: the fields of a Pod and of the eight workload kinds, as the Go types declare them.
//
//	go run tools/tables/podSchema.go > src/core/tables/podSchema.ts
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
)

const (
	apiModule       = "k8s.io/api@v0.37.2"
	machineryModule = "k8s.io/apimachinery@v0.37.2"
)

// The packages that a pod's types come from, by the short name used in the table.
var packages = map[string]string{
	"core":       apiModule + "/core/v1",
	"apps":       apiModule + "/apps/v1",
	"batch":      apiModule + "/batch/v1",
	"meta":       machineryModule + "/pkg/apis/meta/v1",
	"resource":   machineryModule + "/pkg/api/resource",
	"intstr":     machineryModule + "/pkg/util/intstr",
	"runtime":    machineryModule + "/pkg/runtime",
	"types":      machineryModule + "/pkg/types",
	"scheduling": apiModule + "/scheduling/v1alpha3",
}

// Types that decode themselves: the decoder knows them by name.
var opaque = map[string]bool{
	"resource.Quantity": true, "intstr.IntOrString": true, "meta.Time": true, "meta.MicroTime": true,
	"meta.Duration": true, "meta.FieldsV1": true, "runtime.RawExtension": true,
}

var roots = []string{
	"core.Pod", "core.PodTemplate", "core.ReplicationController", "apps.Deployment", "apps.ReplicaSet",
	"apps.StatefulSet", "apps.DaemonSet", "batch.Job", "batch.CronJob",
}

var declared = map[string]ast.Expr{}
var structs = map[string][]string{}
var named = map[string]string{}

func main() {
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	must(err)
	for short, dir := range packages {
		load(short, filepath.Join(strings.TrimSpace(string(cache)), dir))
	}
	for _, root := range roots {
		visit(root)
	}
	write()
}

func load(short, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	must(err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		must(err)
		for _, decl := range parsed.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				if typeSpec, ok := spec.(*ast.TypeSpec); ok {
					declared[short+"."+typeSpec.Name.Name] = typeSpec.Type
				}
			}
		}
	}
}

// visit records a named type and everything that it mentions.
func visit(id string) {
	if opaque[id] || structs[id] != nil || named[id] != "" {
		return
	}
	expr, ok := declared[id]
	if !ok {
		fail("no declaration of " + id)
	}
	short, _, _ := strings.Cut(id, ".")
	if body, ok := expr.(*ast.StructType); ok {
		structs[id] = []string{}
		structs[id] = fields(short, body, nil)
		return
	}
	named[id] = typeText(short, expr)
}

// fields are rows `name type flags embedded…`: flag o is omitempty, z omitzero, r neither.
func fields(short string, body *ast.StructType, embedded []string) []string {
	var rows []string
	for _, field := range body.Fields.List {
		tag := ""
		if field.Tag != nil {
			tag = reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json")
		}
		name, options, _ := strings.Cut(tag, ",")
		if len(field.Names) == 0 && name == "" {
			id := typeText(short, field.Type)
			inner, ok := declared[id].(*ast.StructType)
			if !ok {
				fail("embedded " + id)
			}
			innerShort, goName, _ := strings.Cut(id, ".")
			rows = append(rows, fields(innerShort, inner, append(append([]string{}, embedded...), goName))...)
			continue
		}
		if name == "-" {
			continue
		}
		if name == "" {
			fail("no JSON name: " + field.Names[0].Name)
		}
		flag := "r"
		if strings.Contains(options, "omitempty") {
			flag = "o"
		} else if strings.Contains(options, "omitzero") {
			flag = "z"
		}
		row := append([]string{name, typeText(short, field.Type), flag}, embedded...)
		rows = append(rows, strings.Join(row, " "))
	}
	return rows
}

func typeText(short string, expr ast.Expr) string {
	switch t := expr.(type) {
	case *ast.Ident:
		if basic[t.Name] {
			return t.Name
		}
		visit(short + "." + t.Name)
		return short + "." + t.Name
	case *ast.SelectorExpr:
		pkg := t.X.(*ast.Ident).Name
		if alias, ok := map[string]string{"v1": "core", "corev1": "core", "metav1": "meta", "schedulingv1alpha3": "scheduling"}[pkg]; ok {
			pkg = alias
		}
		visit(pkg + "." + t.Sel.Name)
		return pkg + "." + t.Sel.Name
	case *ast.StarExpr:
		return "*" + typeText(short, t.X)
	case *ast.ArrayType:
		return "[]" + typeText(short, t.Elt)
	case *ast.MapType:
		return "map[" + typeText(short, t.Key) + "]" + typeText(short, t.Value)
	}
	fail(fmt.Sprintf("type %T", expr))
	return ""
}

var basic = map[string]bool{"string": true, "bool": true, "int": true, "int32": true, "int64": true, "float64": true, "byte": true}

func write() {
	fmt.Printf("// Generated from %s core/v1, apps/v1, batch/v1 and %s pkg/apis/meta/v1\n", apiModule, machineryModule)
	fmt.Println("// by: go run tools/tables/podSchema.go > src/core/tables/podSchema.ts")
	fmt.Println("\n/** Struct → its fields in Go's order, `name type flag embedded…`: flag o omitempty, z omitzero, r neither; the Go names of the structs it is embedded by. */")
	fmt.Println("export const STRUCTS: Readonly<Record<string, readonly string[]>> = {")
	for _, id := range sorted(structs) {
		fmt.Printf("  %q: [\n", id)
		for _, row := range structs[id] {
			fmt.Printf("    %q,\n", row)
		}
		fmt.Println("  ],")
	}
	fmt.Println("};\n\n/** Named type that is no struct → what it is underneath. */")
	fmt.Println("export const NAMED: Readonly<Record<string, string>> = {")
	for _, id := range sorted(named) {
		fmt.Printf("  %q: %q,\n", id, named[id])
	}
	fmt.Println("};")
}

func sorted[T any](table map[string]T) []string {
	keys := make([]string, 0, len(table))
	for key := range table {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func must(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(1)
}
