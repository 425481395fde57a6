// The token of a pod's service account, as the admission plugin mounts it and the kubelet gives it to the pod's user.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
const LOOK = `cd ${FOLDER} && stat -L -c '%n %a %u:%g' token ca.crt namespace && cat namespace && echo`;

/** ConfigMaps and accounts before the pod. */
async function linesOf(name: string, objects: readonly object[]): Promise<string[]> {
  const file = join(lab.folder, `${name}.yaml`);
  writeFileSync(file, objects.map((object) => JSON.stringify(object)).join("\n---\n"));
  const { code, stdout, stderr } = await runCommand(lab, file, ["--no-prefix"]);
  assert.equal(code, 0, stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

test("token, ca.crt and namespace: whose they are", { skip }, async () => {
  const user = { securityContext: { runAsUser: 1000 } };
  const plain = await linesOf("plain", [podOf(`${LOOK}; touch x 2>&1 || true`)]);
  assert.deepEqual(plain, [
    ...["token 644 0:0", "ca.crt 644 0:0", "namespace 644 0:0"],
    ...["default", "touch: x: Read-only file system"],
  ]);
  const own = await linesOf("own", [podOf(LOOK, {}, user)]);
  assert.deepEqual(own.slice(0, 2), ["token 600 1000:0", "ca.crt 644 0:0"]);
  const group = await linesOf("group", [podOf(LOOK, { securityContext: { fsGroup: 2000 } })]);
  assert.deepEqual(group.slice(0, 2), ["token 640 0:2000", "ca.crt 644 0:2000"]);
});

test("the token names the pod and its account; a root certificate of the same files is there", {
  skip,
}, async () => {
  const certificate = { kind: "ConfigMap", metadata: { name: "kube-root-ca.crt" } };
  const [token = "", read] = await linesOf("named", [
    { apiVersion: "v1", ...certificate, data: { "ca.crt": "the certificate\n" } },
    podOf(`cd ${FOLDER}; cat token; echo; cat ca.crt`, { serviceAccountName: "robot" }),
  ]);
  assert.equal(read, "the certificate");
  const [, claims = ""] = token.split(".");
  const told = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
  assert.equal(told.sub, "system:serviceaccount:default:robot");
  assert.equal(told["kubernetes.io"].pod.name, "t");
});

test("an account or a pod that wants no token has none", { skip }, async () => {
  const script = `ls ${FOLDER} 2>&1 || true`;
  const none = [`ls: ${FOLDER}: No such file or directory`];
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } };
  const no = { automountServiceAccountToken: false };
  assert.deepEqual(await linesOf("account", [{ ...account, ...no }, podOf(script)]), none);
  assert.deepEqual(await linesOf("pod", [podOf(script, no)]), none);
});
