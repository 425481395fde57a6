// A pod that never was: its refusal is told whatever form is asked for, and no document stands for it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const options = { skip: cannotRun() ?? false, timeout: 120_000 };
const lab = makeLab();
after(() => removeLab(lab));

const REFUSED = podOf("true", {}, { name: "No_Name" });

test("-o yaml: the refusal on stderr, nothing on stdout", options, async () => {
  const { code, stdout, stderr } = await runCommand(lab, REFUSED, ["-o", "yaml"]);
  assert.equal(code, 125);
  assert.equal(stdout, "");
  assert.match(stderr, /Invalid value: "No_Name"/);
  assert.deepEqual(leftovers(lab), []);
});

test("-o json: the refusal in the answer", options, async () => {
  const { code, stdout } = await runCommand(lab, REFUSED, ["-o", "json"]);
  assert.equal(code, 125);
  const answer = JSON.parse(stdout);
  assert.equal(answer.phase, null);
  assert.match(answer.message, /Invalid value: "No_Name"/);
});

test("what is told at the end cannot be asked of a pod that is left running", options, async () => {
  const { code, stderr } = await runCommand(lab, podOf("true"), ["--detach", "--probe"]);
  assert.equal(code, 125);
  assert.match(stderr, /^secctx: --probe and --detach exclude each other: /);
});

test(
  "volumes that this machine cannot have: said at their lines before anything starts",
  options,
  async () => {
    const path = join(lab.folder, "volumes.yaml");
    writeFileSync(
      path,
      `apiVersion: v1
kind: Pod
metadata: { name: t }
spec:
  containers:
    - name: c
      image: demo/busybox:1
      volumeMounts:
        - { name: data, mountPath: /data }
        - { name: ca, mountPath: /ca }
  volumes:
    - name: data
      nfs: { server: x, path: /x }
    - name: ca
      projected:
        sources:
          - clusterTrustBundle: { name: a, path: ca.crt }
    - name: unused
      csi: { driver: d }
`,
    );
    const { code, stdout, stderr } = await runCommand(lab, path);
    assert.deepEqual([code, stdout], [125, ""]);
    assert.equal(
      stderr,
      `secctx: volume data: secctx has no nfs volumes on this machine (${path}:13:7)
secctx: volume ca: secctx has no clusterTrustBundle volumes on this machine (${path}:17:13)
secctx: a persistentVolumeClaim stands in for one of another kind, with a folder of this machine by --claim NAME=FOLDER
`,
    );
    assert.deepEqual(leftovers(lab), []);
  },
);
