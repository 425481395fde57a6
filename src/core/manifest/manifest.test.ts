import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldPath } from "../model/finding.ts";
import { readManifest } from "./manifest.ts";

const SPEC = "{containers: [{name: c, image: x}]}";
const TEMPLATE = `{metadata: {labels: {a: b}}, spec: ${SPEC}}`;

const KINDS: readonly (readonly [string, FieldPath])[] = [
  [`apiVersion: v1\nkind: Pod\nspec: ${SPEC}`, []],
  [`apiVersion: v1\nkind: PodTemplate\ntemplate: ${TEMPLATE}`, ["template"]],
  [
    `apiVersion: v1\nkind: ReplicationController\nspec: {template: ${TEMPLATE}}`,
    ["spec", "template"],
  ],
  [`apiVersion: apps/v1\nkind: Deployment\nspec: {template: ${TEMPLATE}}`, ["spec", "template"]],
  [
    `apiVersion: extensions/v1beta1\nkind: DaemonSet\nspec: {template: ${TEMPLATE}}`,
    ["spec", "template"],
  ],
  [`apiVersion: apps/v1\nkind: ReplicaSet\nspec: {template: ${TEMPLATE}}`, ["spec", "template"]],
  [`apiVersion: apps/v1\nkind: StatefulSet\nspec: {template: ${TEMPLATE}}`, ["spec", "template"]],
  [`apiVersion: batch/v1\nkind: Job\nspec: {template: ${TEMPLATE}}`, ["spec", "template"]],
  [
    `apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: ${TEMPLATE}}}}`,
    ["spec", "jobTemplate", "spec", "template"],
  ],
  [`kind: Pod\nspec: ${SPEC}`, []],
];

for (const [text, podPath] of KINDS) {
  test(`${text.replaceAll("\n", " ").slice(0, 50)}: the pod is at ${podPath.join(".") || "the root"}`, () => {
    const { pods, skipped, errors } = readManifest(text, "f.yaml");
    assert.deepEqual([skipped, errors], [[], []]);
    assert.deepEqual(
      pods.map(({ workload }) => workload.podPath),
      [podPath],
    );
    assert.equal(pods[0]?.pod.spec.containers[0]?.name, "c");
    assert.deepEqual(pods[0]?.objectPath, []);
  });
}

test("name, namespace, version and document of a workload", () => {
  const text = `# nothing\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n---\nkind: Pod\nmetadata: {generateName: job-}\n`;
  const { pods } = readManifest(text, "f.yaml");
  assert.deepEqual(
    pods.map(({ document, workload }) => ({ document, ...workload })),
    [
      {
        document: 1,
        apiVersion: "apps/v1",
        kind: "Deployment",
        name: "web",
        namespace: "shop",
        podPath: ["spec", "template"],
      },
      { document: 2, apiVersion: "", kind: "Pod", name: "job-", namespace: undefined, podPath: [] },
    ],
  );
});

test("what carries no pod is handed over with its kind; what is empty is nothing", () => {
  const text =
    "kind: ConfigMap\ndata: {a: b}\n---\n\n---\n# c\n---\na: 1\n---\n- x\n---\napiVersion: batch.volcano.sh/v1\nkind: Job\n";
  const { pods, skipped, errors } = readManifest(text, "f.yaml");
  assert.deepEqual([pods, errors], [[], []]);
  const told = skipped.map(({ document, kind, object, objectPath, sourceMap }) => {
    assert.deepEqual(objectPath, []);
    return [document, kind, object, sourceMap.range([])?.start.line];
  });
  assert.deepEqual(told, [
    [0, "ConfigMap", { kind: "ConfigMap", data: { a: "b" } }, 1],
    [3, "", { a: 1 }, 8],
    [4, "", ["x"], 10],
    [5, "Job", { apiVersion: "batch.volcano.sh/v1", kind: "Job" }, 12],
  ]);
});

test("lists: every item for itself, of the list's kind if it names none", () => {
  const text = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret}
- {apiVersion: v1, kind: Pod, metadata: {name: a}}
- apiVersion: apps/v1
  kind: DeploymentList
  items:
  - {metadata: {name: b}, spec: {template: ${TEMPLATE}}}
`;
  const { pods, skipped } = readManifest(text, "f.yaml");
  assert.deepEqual(
    skipped.map(({ kind }) => kind),
    ["Secret"],
  );
  assert.deepEqual(
    pods.map(({ workload, objectPath }) => [
      workload.kind,
      workload.apiVersion,
      workload.name,
      objectPath,
      workload.podPath,
    ]),
    [
      ["Pod", "v1", "a", ["items", 1], ["items", 1]],
      [
        "Deployment",
        "apps/v1",
        "b",
        ["items", 2, "items", 0],
        ["items", 2, "items", 0, "spec", "template"],
      ],
    ],
  );
  assert.equal(pods[1]?.object["kind"], "Deployment");
});

test("custom kinds keep their pods where --pod-path says", () => {
  const rollout = `apiVersion: argoproj.io/v1\nkind: Rollout\nspec: {template: ${TEMPLATE}}\n`;
  const job = `apiVersion: batch.volcano.sh/v1\nkind: Job\nspec: {tasks: [{template: ${TEMPLATE}}, {template: ${TEMPLATE}}]}\n`;
  const text = `${rollout}---\n${job}`;
  const paths = (podPaths: readonly string[]) =>
    readManifest(text, "f", { podPaths }).pods.map(({ workload }) => workload.podPath.join("."));
  assert.deepEqual(paths([]), []);
  assert.deepEqual(paths(["Rollout=spec.template"]), ["spec.template"]);
  assert.deepEqual(paths(["spec.template"]), ["spec.template"]);
  assert.deepEqual(paths(["Job.batch.volcano.sh=spec.tasks[*].template"]), [
    "spec.tasks.0.template",
    "spec.tasks.1.template",
  ]);
  assert.deepEqual(paths(["Job=spec.tasks[1].template"]), ["spec.tasks.1.template"]);
  assert.deepEqual(paths(["Other=spec.template", "spec.nothing"]), []);
});

const MALFORMED = [
  "kind: Pod\nspec:\n",
  "kind: Pod\nspec: text\n",
  "kind: Pod\nspec: {containers: text}\n",
  "kind: Pod\nspec: {containers: {a: b}}\n",
  "kind: Pod\nspec: {containers: [null, text, {securityContext: [], name: 5}]}\n",
  "kind: Pod\nmetadata: text\nspec: {securityContext: {runAsUser: text, supplementalGroups: [1, a]}}\n",
  "kind: Pod\nmetadata: {name: [], annotations: {a: 1}}\n",
  "apiVersion: apps/v1\nkind: Deployment\nspec: {template: [1]}\n",
  "apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: 5}\n",
  "apiVersion: 1\nkind: Pod\n",
];

for (const text of MALFORMED) {
  test(`${JSON.stringify(text)} is delivered, its object as it is`, () => {
    const { pods, errors } = readManifest(text, "f.yaml");
    assert.deepEqual(errors, []);
    assert.equal(pods.length, 1);
    assert.ok(Object.hasOwn(pods[0]?.object ?? {}, "kind"));
    const containers = pods[0]?.pod.spec?.containers ?? [];
    assert.ok(containers.every((container) => typeof container === "object" && container !== null));
  });
}

test("errors stand where the text is wrong, in the words of kubectl", () => {
  const text =
    "a: 1\n---\nkind: Pod\nspec:\n\thostPID: true\n---\nkind: Pod\nspec: {{ .Values }}\n---\nkind: Pod\n";
  const { pods, errors } = readManifest(text, "dir/f.yaml");
  assert.equal(pods.length, 1);
  assert.deepEqual(errors, [
    {
      file: "dir/f.yaml",
      document: 1,
      line: 5,
      column: 1,
      message: "yaml: found character that cannot start any token",
      excerpt: "3 | kind: Pod\n4 | spec:\n5 | \thostPID: true\n  | ^",
      hint: "YAML is indented with spaces, and here stands a tab",
    },
    {
      file: "dir/f.yaml",
      document: 2,
      line: 8,
      column: 8,
      message: 'yaml: invalid map key: map[interface {}]interface {}{".Values":interface {}(nil)}',
      excerpt: "6 | ---\n7 | kind: Pod\n8 | spec: {{ .Values }}\n  |        ^",
    },
  ]);
});

test("what never ends is shown where it begins", () => {
  const errorOf = (text: string) => {
    const { line, column } = readManifest(text, "f").errors[0] ?? {};
    return [line, column];
  };
  assert.deepEqual(errorOf("a: 1\nb: 'x\nc: 2\n"), [2, 4]);
  assert.deepEqual(errorOf("a: 1\nb\nc: 2\nd: 3\n"), [2, 1]);
  assert.deepEqual(errorOf("\ufeffa: @\n"), [1, 4]);
  assert.deepEqual(errorOf("a: 1\r\nb: @\r\n"), [2, 4]);
});

test("an excerpt of a long line is cut around its place, and no control character reaches the terminal", () => {
  const [error] = readManifest(`a: ${"x".repeat(500)}: \u001b[31m\n`, "f").errors;
  assert.equal(error?.message, "yaml: control characters are not allowed");
  const [line = "", caret = ""] = (error?.excerpt ?? "").split("\n");
  assert.ok(line.length <= 104);
  assert.equal(line[caret.indexOf("^")], "\ufffd");
});

test("a text that begins with { is JSON for as long as it is", () => {
  const read = (text: string) => {
    const { pods, skipped, errors } = readManifest(text, "f");
    return [
      pods.length,
      skipped.length,
      errors.map(({ line, column, message }) => `${line}:${column} ${message}`),
    ];
  };
  assert.deepEqual(read('{"kind":"Pod","a":"\\/\\ud83d\\ude00"}\n{"kind":"Pod"}{"kind":"Pod"}'), [
    3,
    0,
    [],
  ]);
  assert.deepEqual(read('{"kind":"Pod"}\n---\nkind: Pod\n'), [2, 0, []]);
  assert.deepEqual(read("{kind: Pod}\n"), [1, 0, []]);
  assert.deepEqual(read('{"kind":"Pod"}{"a":1} {"b":2} x'), [
    1,
    2,
    ["1:31 invalid character 'x' looking for beginning of value"],
  ]);
  assert.deepEqual(read("{{ if .X }}\nkind: Pod\n"), [
    0,
    0,
    ["1:2 invalid character '{' looking for beginning of object key string"],
  ]);
});

test("keys written twice: a warning in the server's words, on the object that has them", () => {
  const text =
    "kind: List\nitems:\n- kind: Pod\n  spec: {hostPID: true, hostPID: false}\n- kind: Pod\n";
  const { pods } = readManifest(text, "f");
  assert.deepEqual(
    pods.map(({ findings }) => findings),
    [
      [
        {
          id: "manifest.duplicateKey",
          stage: "manifest",
          severity: "warning",
          path: ["items", 0, "spec", "hostPID"],
          message: 'duplicate field "spec.hostPID"',
          origin: "kube-apiserver",
        },
      ],
      [],
    ],
  );
  const json = readManifest('{"kind":"Pod","spec":{"containers":[{"name":"a","name":"b"}]}}', "f");
  assert.equal(json.pods[0]?.findings[0]?.message, 'duplicate field "spec.containers[0].name"');
});

test("a merged key that is overridden is meant so", () => {
  const text = "x: &x {a: 1}\nkind: Pod\nspec: {<<: *x, a: 2}\n";
  assert.deepEqual(readManifest(text, "f").pods[0]?.findings, []);
});

test("limits are errors with a place", () => {
  const message = (text: string, options = {}) =>
    readManifest(text, "f", options).errors[0]?.message;
  assert.equal(message("a: é", { maxBytes: 4 }), "text is longer than 4 bytes");
  assert.equal(message("a: é", { maxBytes: 5 }), undefined);
  assert.equal(
    message("a: 1\n---\nb: aaaaaaaaaaaaaaaaa\n", { maxDocumentBytes: 16 }),
    "document is longer than 16 bytes",
  );
  assert.equal(message("[".repeat(600)), "nested deeper than 500 levels");
  const { pods, errors } = readManifest(
    `kind: Pod\n---\na: ${"x".repeat(100)}\n---\nkind: Pod\n`,
    "f",
    { maxDocumentBytes: 64 },
  );
  assert.deepEqual([pods.length, errors[0]?.line], [2, 3]);
});
