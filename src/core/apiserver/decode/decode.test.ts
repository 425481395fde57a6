import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { workloadKind } from "../kinds.ts";
import { CONFORMS, conformity, DEVIATES, UNTIDY } from "./conforms.ts";
import { decode } from "./decode.ts";
import { decodeValue } from "./decodeValue.ts";
import { isQuantity, quantityError } from "./quantity.ts";
import { structType } from "./schema.ts";
import { tidied } from "./tidy.ts";

const POD = structType("core.Pod");
const POD_KIND = workloadKind("Pod");

/** The text of a pod's spec, and the end of the server's 400. */
const TYPE_ERRORS: readonly (readonly [string, string])[] = [
  [
    '{"securityContext":{"runAsUser":1.50}}',
    "number 1.50 into Go struct field PodSecurityContext.spec.securityContext.runAsUser of type int64",
  ],
  [
    '{"containers":[{"ports":[{"containerPort":3000000000}]}]}',
    "number 3000000000 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32",
  ],
  [
    '{"containers":[{"name":"c"},[]]}',
    "array into Go struct field PodSpec.spec.containers of type v1.Container",
  ],
  [
    '{"ephemeralContainers":[{"securityContext":{"privileged":1}}]}',
    "number into Go struct field SecurityContext.spec.ephemeralContainers.EphemeralContainerCommon.securityContext.privileged of type bool",
  ],
  [
    '{"volumes":[{"emptyDir":"x"}]}',
    "string into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource",
  ],
  [
    '{"nodeSelector":{"a":1}}',
    "number into Go struct field PodSpec.spec.nodeSelector of type string",
  ],
  [
    '{"containers":[{"resources":{"limits":[]}}]}',
    "array into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList",
  ],
  [
    '{"containers":[{"livenessProbe":{"httpGet":{"port":true}}}]}',
    "bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32",
  ],
  ["[]", "array into Go struct field Pod.spec of type v1.PodSpec"],
];

for (const [spec, end] of TYPE_ERRORS) {
  test(`type error: ${end}`, () => {
    assert.ok(POD_KIND);
    const raw = `{"apiVersion":"v1","kind":"Pod","spec":${spec}}`;
    const refused = decode({ raw }, POD_KIND, "Warn");
    assert.ok("message" in refused);
    const start = 'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal ';
    assert.equal(refused.message, start + end);
  });
}

test("a type that decodes itself ends the decoding, and hides an earlier type error", () => {
  const spec = { hostPID: "x", containers: [{ resources: { limits: { cpu: "1 core" } } }] };
  const { typeError } = decodeValue({ spec }, POD);
  assert.equal(
    typeError?.message,
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  );
  assert.deepEqual(typeError?.path, ["spec", "containers", 0, "resources", "limits", "cpu"]);
});

/** What is sent and what Go makes of it. */
const NULLS: readonly (readonly [string, unknown, unknown])[] = [
  ["a pointer is unset", { securityContext: null }, {}],
  ["a bool stays false", { hostPID: null }, {}],
  [
    "an element of a list is zero",
    { securityContext: { supplementalGroups: [null] } },
    { securityContext: { supplementalGroups: [0] } },
  ],
  ["a struct in a list is empty", { volumes: [null] }, { volumes: [{ name: "" }] }],
  ["a value of a map is zero", { nodeSelector: { a: null } }, { nodeSelector: { a: "" } }],
  ["undefined is absent", { hostPID: undefined }, {}],
];

for (const [what, spec, decoded] of NULLS) {
  test(`null: ${what}`, () => {
    const { value, typeError } = decodeValue(spec, structType("core.PodSpec"));
    assert.equal(typeError, undefined);
    assert.deepEqual(value, decoded);
  });
}

/** Text with a key twice, and what is left. */
const DUPLICATES: readonly (readonly [string, string, unknown, readonly string[]])[] = [
  [
    "objects merge",
    '{"securityContext":{"runAsUser":1,"fsGroup":2},"securityContext":{"fsGroup":3}}',
    { securityContext: { runAsUser: 1, fsGroup: 3 } },
    ['duplicate field "spec.securityContext"'],
  ],
  [
    "null between them unsets a pointer",
    '{"securityContext":{"runAsUser":1},"securityContext":null,"securityContext":{"fsGroup":3}}',
    { securityContext: { fsGroup: 3 } },
    ['duplicate field "spec.securityContext"'],
  ],
  [
    "null after a bool changes nothing",
    '{"hostPID":true,"hostPID":null}',
    { hostPID: true },
    ['duplicate field "spec.hostPID"'],
  ],
  [
    "lists merge by index and are cut",
    '{"containers":[{"name":"a","image":"x"},{"name":"b"}],"containers":[{"name":"c"}]}',
    { containers: [{ name: "c", image: "x" }] },
    ['duplicate field "spec.containers"'],
  ],
  [
    "values of a map are replaced",
    '{"nodeSelector":{"a":"1","b":"2"},"nodeSelector":{"a":"3"}}',
    { nodeSelector: { a: "3", b: "2" } },
    ['duplicate field "spec.nodeSelector"'],
  ],
  [
    "unknown and duplicate fields keep the text's order",
    '{"nodeSelector":{"a":"1","a":"2"},"x":1,"x":2,"hostPID":true}',
    { nodeSelector: { a: "2" }, hostPID: true },
    ['duplicate field "spec.nodeSelector.a"', 'unknown field "spec.x"'],
  ],
];

for (const [what, spec, left, warnings] of DUPLICATES) {
  test(`duplicate keys: ${what}`, () => {
    assert.ok(POD_KIND);
    const raw = `{"apiVersion":"v1","kind":"Pod","spec":${spec}}`;
    const decoded = decode({ raw }, POD_KIND, "Warn");
    assert.ok("object" in decoded);
    const { containers = [], ...rest } = decoded.object["spec"] as Record<string, unknown>;
    const { containers: wanted = [], ...wantedRest } = left as Record<string, unknown>;
    assert.deepEqual([containers, rest], [wanted, wantedRest]);
    assert.deepEqual(
      decoded.strict.map(({ message }) => message),
      warnings,
    );
  });
}

test("Go keeps a hundred strict errors", () => {
  const fields = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`x${index}`, 1]));
  assert.equal(decodeValue(fields, POD).strictErrors.length, 100);
});

const CONFORMITY: readonly (readonly [string, unknown, number])[] = [
  ["a plain pod", { spec: { containers: [{ name: "c" }] } }, CONFORMS],
  ["a false that vanishes", { spec: { containers: [{ name: "c" }], hostPID: false } }, UNTIDY],
  ["a false that stays", { spec: { containers: [{ name: "c" }], hostUsers: false } }, CONFORMS],
  ["an empty list", { spec: { containers: [{ name: "c", args: [] }] } }, UNTIDY],
  ["null", { spec: { containers: [{ name: "c", args: null }] } }, DEVIATES],
  ["an unknown field", { spec: { containers: [{ name: "c" }], x: 1 } }, DEVIATES],
  ["a missing name", { spec: { containers: [{}] } }, DEVIATES],
  [
    "an int64",
    { spec: { containers: [{ name: "c" }], securityContext: { runAsUser: 2n ** 63n - 1n } } },
    CONFORMS,
  ],
  [
    "beyond int64",
    { spec: { containers: [{ name: "c" }], securityContext: { runAsUser: 2n ** 63n } } },
    DEVIATES,
  ],
];

for (const [what, object, found] of CONFORMITY) {
  test(`conformity: ${what}`, () => {
    assert.equal(conformity(object, POD), found);
  });
}

test("what conforms decodes to itself", () => {
  const text = fc.oneof(fc.string({ minLength: 1 }), fc.constant("Always"));
  const context = fc.record(
    {
      runAsUser: fc.integer(),
      runAsNonRoot: fc.boolean(),
      capabilities: fc.record({ add: fc.array(text, { minLength: 1 }) }, { noNullPrototype: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const container = fc.record(
    { name: text, image: text, securityContext: context },
    { requiredKeys: ["name"], noNullPrototype: true },
  );
  const spec = fc.record(
    { containers: fc.array(container, { minLength: 1 }), hostUsers: fc.boolean() },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(spec, (sent) => {
      const type = structType("core.PodSpec");
      assert.equal(conformity(sent, type), CONFORMS);
      assert.deepEqual(decodeValue(sent, type), { value: sent, strictErrors: [] });
      assert.equal(tidied(sent, type), sent);
    }),
  );
});

test("tidied drops what omitempty drops, and nothing else", () => {
  const spec = {
    hostPID: false,
    hostUsers: false,
    volumes: [],
    securityContext: { supplementalGroups: [], runAsUser: 0, seLinuxOptions: { level: "" } },
    containers: [{ name: "", resources: {}, securityContext: { capabilities: { add: [] } } }],
  };
  const before = structuredClone(spec);
  assert.deepEqual(tidied(spec, structType("core.PodSpec")), {
    hostUsers: false,
    securityContext: { runAsUser: 0, seLinuxOptions: {} },
    containers: [{ name: "", resources: {}, securityContext: { capabilities: {} } }],
  });
  assert.deepEqual(spec, before);
});

const QUANTITIES = [
  "0",
  "1",
  "100m",
  "1.5Gi",
  "+3",
  "-2k",
  ".5",
  "1.",
  "1e3",
  "1E3",
  "1E",
  "12Ei",
  "007",
];
const BAD_QUANTITIES = ["", "1 core", "1KB", "1gi", "x", "1i", "1e", "--1", "1.2.3"];

test("quantities", () => {
  for (const text of QUANTITIES) assert.ok(isQuantity(text), text);
  for (const text of BAD_QUANTITIES) assert.ok(quantityError(text) !== undefined, text);
});

test("the first look sees every value of a key that is there twice", () => {
  assert.ok(POD_KIND);
  const rows = [
    [
      '{"apiVersion":"v1","kind":[],"kind":"Pod","spec":{}}',
      'the object provided is unrecognized (must be of type Pod): couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go struct field .kind of type string ({"apiVersion":"v1","kind":[]," ...)',
    ],
    [
      '{"kind":1.0,"kind":"Pod","spec":{}}',
      'the object provided is unrecognized (must be of type Pod): couldn\'t get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"kind":1.0,"kind":"Pod","spec ...)',
    ],
  ] as const;
  for (const [raw, message] of rows) {
    const read = decode({ raw }, POD_KIND, "Warn");
    assert.equal("message" in read ? read.message : "", message);
  }
  assert.ok("object" in decode({ raw: '{"kind":"X","kind":"Pod"}' }, POD_KIND, "Ignore"));
});
