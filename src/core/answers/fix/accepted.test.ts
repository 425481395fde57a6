import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import { composeWorld } from "../../rules/world.ts";
import type { AcceptedFinding } from "./accepted.ts";
import { fixManifest } from "./fixManifest.ts";

const WHY = { reason: "it must", at: "p.yaml:1" };
const world = composeWorld({ images: { x: { user: "5" } } });

const HEAD = "kind: Pod\nmetadata: {name: p}\n";

function fixed(spec: string, accepted: readonly AcceptedFinding[]) {
  const text = `${HEAD}spec: ${spec}\n`;
  const manifest = readManifest(text, "p.yaml");
  const input = {
    file: "p.yaml",
    text,
    manifest,
    worldOf: () => world,
    acceptedOf: () => accepted,
  };
  const { text: after, pods } = fixManifest(input, { level: "restricted" });
  return {
    spec: after.slice(`${HEAD}spec: `.length, -1),
    met: pods[0]?.met,
    notes: pods[0]?.notes.map(({ kind, message }) => `${kind} ${message}`),
  };
}

const STRICT = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";

test("a container that stays privileged gets nothing that is void beside it: what is not accepted too is left", () => {
  const spec = "{containers: [{name: a, image: x, securityContext: {privileged: true}}]}";
  const accepted = [{ id: "podsecurity.privileged", container: "a", ...WHY }];
  const beside = "beside privileged: true, which stays; accept podsecurity.";
  assert.deepEqual(fixed(spec, accepted), {
    spec,
    met: false,
    notes: [
      "accepted privileged stays as it is: it must (p.yaml:1)",
      `left allowPrivilegeEscalation cannot be false ${beside}allowPrivilegeEscalation too`,
      `left capabilities.drop is void ${beside}capabilities_restricted too`,
      `left seccompProfile is void ${beside}seccompProfile_restricted too`,
    ],
  });
  const voided = [
    "allowPrivilegeEscalation",
    "capabilities_restricted",
    "seccompProfile_restricted",
  ];
  const all = voided.map((check) => ({ id: `podsecurity.${check}`, container: "a", ...WHY }));
  const { spec: after, met } = fixed(spec, [...accepted, ...all]);
  assert.equal(met, true);
  assert.equal(after, spec.replace("{", "{securityContext: {runAsNonRoot: true}, "));
});

test("what one container may lack is given to the others, not to the pod", () => {
  const accepted = [
    { id: "podsecurity.runAsNonRoot", container: "a", ...WHY },
    { id: "podsecurity.seccompProfile_restricted", container: "a", ...WHY },
  ];
  const own = `securityContext: {${STRICT}}`;
  const spec = `{containers: [{name: a, image: x, ${own}}, {name: b, image: x, ${own}}]}`;
  assert.deepEqual(fixed(spec, accepted), {
    spec: `{containers: [{name: a, image: x, ${own}}, {name: b, image: x, securityContext: {runAsNonRoot: true, ${STRICT}, seccompProfile: {type: RuntimeDefault}}}]}`,
    met: true,
    notes: [
      "accepted runAsNonRoot stays as it is: it must (p.yaml:1)",
      "accepted seccompProfile stays as it is: it must (p.yaml:1)",
    ],
  });
});

test("root that is accepted is not asked for its uid; a volume of the host keeps nothing else back", () => {
  const accepted = [
    { id: "podsecurity.runAsUser", container: "a", ...WHY },
    { id: "podsecurity.runAsNonRoot", container: "a", ...WHY },
    { id: "podsecurity.restrictedVolumes", ...WHY },
  ];
  const spec = `{hostPID: true, securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: x, securityContext: {runAsUser: 0, ${STRICT}}}], volumes: [{name: v, hostPath: {path: /}}]}`;
  assert.deepEqual(fixed(spec, accepted), {
    spec: spec.replace("hostPID: true", "hostPID: false"),
    met: true,
    notes: [
      "taken hostPID: true becomes false: the pod has one of its own",
      "accepted hostPath stays as it is: it must (p.yaml:1)",
      "accepted runAsNonRoot stays as it is: it must (p.yaml:1)",
      "accepted runAsUser stays as it is: it must (p.yaml:1)",
    ],
  });
});
