// What becomes of the annotations that fields have replaced: one edit and one note for each, and never more privileges.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeMinor } from "../../model/version.ts";
import type { Level } from "../../podsecurity/level.ts";
import { composeWorld } from "../../rules/world.ts";
import { fix } from "../fix.ts";

const APPARMOR = "container.apparmor.security.beta.kubernetes.io/a";
const SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_OF_A = "container.seccomp.security.alpha.kubernetes.io/a";
const GOES = "the runtime's own profile holds where the node has AppArmor";

interface Row {
  readonly says: string;
  readonly level: Level;
  readonly kubernetes?: KubeMinor;
  readonly addOnly?: boolean;
  readonly before: string;
  readonly after: string;
  readonly notes: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    says: "AppArmor's unconfined that the level forbids just goes",
    level: "baseline",
    before: `annotations: {${APPARMOR}: unconfined}`,
    after: "",
    notes: [`taken a: annotations.${APPARMOR}: unconfined goes: ${GOES}`],
  },
  {
    says: "before the field was there, in the same words",
    level: "baseline",
    kubernetes: "v1.28",
    before: `annotations: {${APPARMOR}: unconfined}`,
    after: "",
    notes: [`taken a: annotations.${APPARMOR}: unconfined goes: ${GOES}`],
  },
  {
    says: "privileged forbids nothing: it becomes the field",
    level: "privileged",
    before: `annotations: {${APPARMOR}: unconfined}`,
    after: ", securityContext: {appArmorProfile: {type: Unconfined}}",
    notes: [`corrected a: the annotation ${APPARMOR} becomes the field appArmorProfile`],
  },
  {
    says: "nothing is taken where only additions are asked for",
    level: "baseline",
    addOnly: true,
    before: `annotations: {${APPARMOR}: unconfined}`,
    after: "",
    notes: [`left a: annotations.${APPARMOR} stays as it is written`],
  },
  {
    says: "what says the same as its field goes alone",
    level: "privileged",
    before: `annotations: {${APPARMOR}: unconfined}`,
    after: ", securityContext: {appArmorProfile: {type: Unconfined}}",
    notes: [
      `corrected a: the annotation ${APPARMOR} goes: the field appArmorProfile says the same`,
    ],
  },
  {
    says: "a seccomp annotation that nobody reads brings no restriction that the level does not ask for",
    level: "baseline",
    before: `annotations: {${SECCOMP}: unconfined}`,
    after: "",
    notes: [
      `taken : the annotation ${SECCOMP}: unconfined goes: no program reads it since Kubernetes 1.27, so nothing is lost`,
    ],
  },
  {
    says: "while it was read, something is lost",
    level: "baseline",
    kubernetes: "v1.26",
    before: `annotations: {${SECCOMP_OF_A}: unconfined}`,
    after: "",
    notes: [
      `taken a: the annotation ${SECCOMP_OF_A}: unconfined goes: calls outside the profile that then holds fail`,
    ],
  },
  {
    says: "and it is not made to work where nothing forbids it",
    level: "privileged",
    before: `annotations: {${SECCOMP}: unconfined}`,
    after: "",
    notes: [
      `open : the annotation ${SECCOMP} stays: no program reads it since Kubernetes 1.27; write seccompProfile.type: Unconfined to have it, or remove it`,
    ],
  },
];

for (const { says, level, kubernetes = "v1.37", addOnly = false, before, after, notes } of ROWS) {
  test(says, () => {
    const own = says.includes("same as its field") ? after : "";
    const stays = addOnly || notes.some((note) => note.startsWith("open")) ? `, ${before}` : "";
    const text = podOf(`, ${before}`, own);
    const world = composeWorld({ kubernetes });
    const fixed = fix(text, "p.yaml", world, { level, addOnly });
    assert.equal(fixed.text, podOf(stays, after));
    const told = fixed.pods[0]?.notes ?? [];
    assert.deepEqual(
      told.map(({ kind, container = "", message }) => `${kind} ${container}: ${message}`),
      notes,
    );
    assert.deepEqual(fix(fixed.text, "p.yaml", world, { level, addOnly }).edits, []);
  });
}

function podOf(metadata: string, container: string): string {
  return `kind: Pod
apiVersion: v1
metadata: {name: p${metadata}}
spec: {containers: [{name: a, image: app${container}}]}
`;
}

test("under a profile of the pod the container gets the runtime's own as a field", () => {
  const pod = (annotations: string, own: string) => `kind: Pod
apiVersion: v1
metadata: {name: p${annotations}}
spec:
  securityContext: {appArmorProfile: {type: Localhost, localhostProfile: q}}
  containers: [{name: a, image: app${own}}, {name: b, image: app}]
`;
  const text = pod(`, annotations: {${APPARMOR}: unconfined}`, "");
  const world = composeWorld({ node: { appArmor: true } });
  const fixed = fix(text, "p.yaml", world, { level: "baseline" });
  const own = ", securityContext: {appArmorProfile: {type: RuntimeDefault}}";
  assert.equal(fixed.text, pod("", own));
  const kept = fix(text, "p.yaml", world, { level: "baseline", addOnly: true });
  assert.equal(kept.text, text, "no profile is added beside the annotation");
});

test("no field is added beside an annotation that stays and says another profile; the rest is", () => {
  const pod = (spec: string) => `kind: Pod
apiVersion: v1
metadata: {name: p, annotations: {${SECCOMP}: unconfined}}
spec: {${spec}}
`;
  const world = composeWorld({ images: { app: { user: "1000" } } });
  const options = { level: "restricted", addOnly: true } as const;
  const fixed = fix(pod("containers: [{name: a, image: app}]"), "p.yaml", world, options);
  const own = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
  const after = `securityContext: {runAsNonRoot: true}, containers: [{name: a, image: app, securityContext: {${own}}}]`;
  assert.equal(fixed.text, pod(after));
  const left = fixed.pods[0]?.notes.filter(({ kind }) => kind === "left");
  assert.deepEqual(
    left?.map(({ line, message }) => `${line} ${message}`),
    [`3 seccompProfile cannot be added beside the annotation ${SECCOMP}`],
  );
});
