// The first pod of a Job: the labels that its server gives it, and the index that its controller does.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const PREFIX = "batch.kubernetes.io/";

function jobOf(script: string, spec: object, container: object = {}): object {
  const template = podOf(script, {}, container) as { spec: object };
  return {
    ...{ apiVersion: "batch/v1", kind: "Job", metadata: { name: "work" } },
    spec: { ...spec, template: { spec: template.spec } },
  };
}

function label(name: string, key: string): object {
  return { name, valueFrom: { fieldRef: { fieldPath: `metadata.labels['${key}']` } } };
}

const ENV = [
  label("NAME", `${PREFIX}job-name`),
  label("OLD", "job-name"),
  label("UID_OF", `${PREFIX}controller-uid`),
];
const SCRIPT = 'echo "$(hostname)|$JOB_COMPLETION_INDEX|$NAME|$OLD|$UID_OF"';
const UID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

test("an Indexed Job's pod knows its index and its host's name", { skip }, async () => {
  const spec = { completionMode: "Indexed", completions: 3, backoffLimitPerIndex: 1 };
  const job = jobOf(SCRIPT, spec, { env: ENV });
  const { stdout, stderr } = await runCommand(lab, job, ["--no-prefix"]);
  assert.match(stdout, new RegExp(`^work-0\\|0\\|work\\|work\\|${UID}\\n$`), stderr);
  const { stdout: json } = await runCommand(lab, job, ["-o", "yaml"]);
  assert.match(json, /batch\.kubernetes\.io\/job-completion-index: "0"/);
  assert.match(json, /batch\.kubernetes\.io\/job-index-failure-count: "0"/);
  assert.match(
    json,
    /fieldPath: metadata\.labels\['batch\.kubernetes\.io\/job-completion-index'\]/,
  );
  const old = await runCommand(lab, job, ["-o", "yaml", "--kubernetes", "1.27"]);
  assert.match(old.stdout, /fieldPath: metadata\.annotations\['batch\.kubernetes\.io\//);
  assert.deepEqual(leftovers(lab), []);
});

test("a variable of its own stands, and a Job without indexes has none", { skip }, async () => {
  const own = [{ name: "JOB_COMPLETION_INDEX", value: "mine" }];
  const indexed = { completionMode: "Indexed", completions: 1 };
  const told = await runCommand(lab, jobOf(SCRIPT, indexed, { env: own }), ["--no-prefix"]);
  assert.equal(told.stdout, "work-0|mine|||\n", told.stderr);
  const plain = await runCommand(lab, jobOf(SCRIPT, {}, { env: ENV }), ["--no-prefix"]);
  assert.match(plain.stdout, new RegExp(`^work\\|\\|work\\|work\\|${UID}\\n$`), plain.stderr);
});
