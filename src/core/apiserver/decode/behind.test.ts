// What helps with unknown fields and wrong types, and what stands behind the first wrong type.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../model/finding.ts";
import { composeWorld } from "../../rules/world.ts";
import { apiserver } from "../apiserver.ts";

/** A text of the spec, and what each finding of the whole says, in the order of the answer. */
const BEHIND: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "unknown fields behind a wrong type",
    '{"securityContext":{"runAsuser":1,"runAsUser":"1000"},"hostUser":true,"nosuch":1}',
    [
      "refusal runAsUser of type int64 | write 1000 without quotes",
      'warning "spec.securityContext.runAsuser" | did you mean runAsUser? (said once the wrong type before it is mended)',
      'warning "spec.hostUser" | did you mean hostUsers? (said once the wrong type before it is mended)',
      'warning "spec.nosuch" | said once the wrong type before it is mended',
    ],
  ],
  [
    "other wrong types, also behind a type that decodes itself",
    '{"containers":[{"resources":{"limits":{"cpu":"1 core"}},"securityContext":{"privileged":"true"},"env":[{"name":"a","value":8080}]}]}',
    [
      "refusal quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' | undefined",
      "refusal privileged of type bool | write true without quotes (said once the wrong type before it is mended)",
      "refusal value of type string | put it in quotes (said once the wrong type before it is mended)",
    ],
  ],
  [
    "a field of another security context",
    '{"securityContext":{"capabilities":{}},"containers":[{"runAsUser":1,"securityContext":{"fsgroup":1,"nosuchThing":1}}],"seccompprofile":{}}',
    [
      'warning "spec.securityContext.capabilities" | capabilities stands in the securityContext of a container',
      'warning "spec.containers[0].runAsUser" | runAsUser stands in the securityContext of the pod or a container',
      'warning "spec.containers[0].securityContext.fsgroup" | fsGroup stands in the securityContext of the pod',
      'warning "spec.containers[0].securityContext.nosuchThing" | undefined',
      'warning "spec.seccompprofile" | seccompProfile stands in the securityContext of the pod or a container',
    ],
  ],
];

for (const [what, spec, said] of BEHIND) {
  test(`findings: ${what}`, () => {
    const raw = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":${spec}}`;
    const { findings, out } = apiserver(
      { operation: "create", kind: "Pod", raw },
      composeWorld({}),
    );
    const isOfDecoder = ({ id }: Finding) => /\.(type|unknownField)$/.test(id);
    assert.deepEqual(
      findings.filter(isOfDecoder).map(({ severity, message, hint }) => {
        const words = message.replace(
          /^.*(?:unknown field|into Go struct field \S+\.|handled as a Pod:) ?/,
          "",
        );
        return `${severity} ${words} | ${hint}`;
      }),
      said,
    );
    // The answer itself is the server's alone.
    if (out.code === 400) assert.deepEqual(out.warnings, []);
  });
}

test("of ten thousand wrong types a hundred are told", () => {
  const env = Array.from({ length: 10_000 }, () => ({ name: "a", value: 1 }));
  const raw = JSON.stringify({ apiVersion: "v1", kind: "Pod", spec: { containers: [{ env }] } });
  const { findings } = apiserver({ operation: "create", kind: "Pod", raw }, composeWorld({}));
  assert.equal(findings.filter(({ id }) => id === "apiserver.type").length, 100);
});

test("a client sorts the keys of a manifest: the wrong type that is told first is the first by key, not by line", () => {
  const spec = { hostPID: "true", containers: [{ name: "c", image: 5 }] };
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
  const world = composeWorld({});
  const told = (body: object) =>
    apiserver({ operation: "create", kind: "Pod", ...body }, world).out.status?.message ?? "";
  assert.match(told({ object }), /spec\.containers\.image of type string$/);
  assert.match(told({ raw: JSON.stringify(object) }), /spec\.hostPID of type bool$/);
});
