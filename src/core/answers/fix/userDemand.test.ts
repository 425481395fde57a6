// Root that stays: accepted by a person, or an account of Windows; what else can be added is added, and a note says what is missing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import { composeWorld } from "../../rules/world.ts";
import type { AcceptedFinding } from "./accepted.ts";
import { fixManifest } from "./fixManifest.ts";

const STRICT = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
const SECCOMP = "seccompProfile: {type: RuntimeDefault}";
const STAYS =
  "left 4 runAsUser: 0 is accepted, and the kubelet starts no root where runAsNonRoot is true: accept podsecurity.runAsNonRoot, too";
const ADMINISTRATOR =
  "left 4 runAsUserName: containerAdministrator is written, which counts as root; another account that its program can run as (ContainerUser?) only its author knows";

const USER: AcceptedFinding = {
  id: "podsecurity.runAsUser",
  container: "a",
  reason: "needs root",
  at: "here",
};
const NON_ROOT: AcceptedFinding = { ...USER, id: "podsecurity.runAsNonRoot" };
const accepts = (field: string) => `accepted 4 ${field} stays as it is: needs root (here)`;

interface Row {
  readonly says: string;
  readonly accepted?: readonly AcceptedFinding[];
  readonly addOnly?: boolean;
  /** Told for all. */
  readonly runAsUser?: number;
  /** Of the spec; the same without `after`. */
  readonly before: string;
  readonly after?: string;
  readonly notes: readonly string[];
}

const ROOT =
  "containers: [{name: a, image: app, securityContext: {runAsUser: 0}}, {name: b, image: app}]";
const ROWS: readonly Row[] = [
  {
    says: "accepted root without runAsNonRoot keeps the pod from the level",
    accepted: [USER],
    before: ROOT,
    notes: [accepts("runAsUser"), STAYS],
  },
  {
    says: "what can be added beside it is added",
    accepted: [USER],
    addOnly: true,
    before: ROOT,
    after: `securityContext: {${SECCOMP}}, containers: [{name: a, image: app, securityContext: {runAsUser: 0, ${STRICT}}}, {name: b, image: app, securityContext: {runAsNonRoot: true, ${STRICT}}}]`,
    notes: [accepts("runAsUser"), STAYS],
  },
  {
    says: "accepted by both checks, it is in nobody's way",
    accepted: [USER, NON_ROOT],
    before: ROOT,
    after: `securityContext: {${SECCOMP}}, containers: [{name: a, image: app, securityContext: {runAsUser: 0, ${STRICT}}}, {name: b, image: app, securityContext: {runAsNonRoot: true, ${STRICT}}}]`,
    notes: [accepts("runAsNonRoot"), accepts("runAsUser")],
  },
  {
    says: "runAsNonRoot alone is accepted: the root user is not",
    accepted: [NON_ROOT],
    before: ROOT,
    notes: [
      accepts("runAsNonRoot"),
      "left 4 runAsUser: 0 is written; a uid that its program can run as is not known (--run-as-user a=UID)",
    ],
  },
  {
    says: "runAsNonRoot: false of a program that is not root stays where nothing is to be taken",
    addOnly: true,
    before: `securityContext: {${SECCOMP}}, containers: [{name: a, image: app, securityContext: {runAsNonRoot: false, ${STRICT}}}]`,
    notes: ["left 4 runAsNonRoot stays as it is written"],
  },
  {
    says: "a uid that was told takes root's place, and that is said",
    addOnly: true,
    runAsUser: 7,
    before: `securityContext: {runAsNonRoot: true, ${SECCOMP}}, containers: [{name: a, image: app, securityContext: {runAsUser: 0, ${STRICT}}}]`,
    after: `securityContext: {runAsNonRoot: true, ${SECCOMP}}, containers: [{name: a, image: app, securityContext: {runAsUser: 7, ${STRICT}}}]`,
    notes: ["taken 4 runAsUser: 0 becomes 7: files of root cannot be written any more"],
  },
  {
    says: "nor does root of a pod whose containers have users of their own",
    addOnly: true,
    before: `securityContext: {runAsUser: 0, ${SECCOMP}}, containers: [{name: a, image: app, securityContext: {runAsUser: 5, runAsNonRoot: true, ${STRICT}}}]`,
    notes: ["left 4 runAsUser stays as it is written"],
  },
  {
    says: "the account that Windows takes for root: no uid is asked for",
    before:
      "os: {name: windows}, containers: [{name: a, image: x, securityContext: {windowsOptions: {runAsUserName: containerAdministrator}}}]",
    notes: [ADMINISTRATOR],
  },
  {
    says: "beside it others get runAsNonRoot",
    addOnly: true,
    before:
      "os: {name: windows}, containers: [{name: a, image: x, securityContext: {windowsOptions: {runAsUserName: containerAdministrator}}}, {name: b, image: app}]",
    after:
      "os: {name: windows}, containers: [{name: a, image: x, securityContext: {windowsOptions: {runAsUserName: containerAdministrator}}}, {name: b, image: app, securityContext: {runAsNonRoot: true}}]",
    notes: [ADMINISTRATOR],
  },
  {
    says: "a pod that stays out of reach does not say that it is for Windows",
    before:
      "nodeSelector: {kubernetes.io/os: windows}, containers: [{name: a, image: x, securityContext: {windowsOptions: {runAsUserName: containerAdministrator}}}]",
    notes: [ADMINISTRATOR],
  },
];

for (const row of ROWS) {
  const { says, accepted = [], addOnly = false, runAsUser, before, after = before, notes } = row;
  test(says, () => {
    const head = "kind: Pod\napiVersion: v1\nmetadata: {name: p}\n";
    const world = composeWorld({ images: { app: { user: "1000" } } });
    const text = `${head}spec: {${before}}\n`;
    const manifest = readManifest(text, "p.yaml");
    const input = { file: "p.yaml", text, manifest, worldOf: () => world };
    const uid = runAsUser === undefined ? {} : { runAsUser: { all: runAsUser } };
    const options = { level: "restricted", addOnly, ...uid } as const;
    const fixed = fixManifest({ ...input, acceptedOf: () => accepted }, options);
    assert.equal(fixed.text, `${head}spec: {${after}}\n`);
    const told = fixed.pods[0]?.notes.map((one) => `${one.kind} ${one.line} ${one.message}`);
    assert.deepEqual(told, notes);
  });
}
