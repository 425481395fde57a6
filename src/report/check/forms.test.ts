// The forms of check's answer against what their readers expect: schemas, escapes, and what must never be silent.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { checkPodDocument } from "../../core/answers/check.ts";
import type { CheckReport } from "../../core/answers/checked.ts";
import { readManifest } from "../../core/manifest/manifest.ts";
import { composeWorld } from "../../core/rules/world.ts";
import { COLOURED, PLAIN } from "../style.ts";
import { CHECK_FORMS, type FormOptions } from "./forms.ts";
import { junitXml } from "./junit.ts";

const require = (await import("node:module")).createRequire(import.meta.url);
const SCHEMA = fileURLToPath(
  import.meta.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"),
);
const { default: Ajv } = require("ajv-draft-04");
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")),
);

const OPTIONS: FormOptions = { style: PLAIN, columns: 80, quiet: false, version: "0.0.0" };

const TEXT = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  hostPID: true
  containers:
    - name: c
      image: x
      securityContext:
        capabilities: { add: [SYS_ADMIN] }
---
kind: Service
apiVersion: v1
metadata: { name: s }
---
a: [
`;

function reportOf(
  text: string,
  file = "dir with space/pod.yaml",
  suggestions = false,
): CheckReport {
  const { pods, errors, skipped } = readManifest(text, file);
  return {
    pods: pods.map((pod) =>
      checkPodDocument(pod, [composeWorld({})], { excerpts: true, suggestions }),
    ),
    errors,
    skipped: skipped.map(({ document, kind }) => ({ file, document, kind, reason: "no workload" })),
    files: 1,
    unusedSuppressions: [],
  };
}

function formed(form: string, report: CheckReport, options: Partial<FormOptions> = {}): string {
  const write = CHECK_FORMS[form];
  assert.ok(write);
  return write(report, { ...OPTIONS, ...options });
}

test("text: place, caret, who says it, what was skipped and not read", () => {
  const text = formed("text", reportOf(TEXT));
  assert.match(text, /^Pod default\/a {2}meets only privileged, not restricted\n\n/);
  assert.match(
    text,
    /\n {2}dir with space\/pod\.yaml:5:3\n {3}5 \| {3}hostPID: true\n {5}\| {3}\^{7}\n {2}unmet {4}host namespaces \(hostPID=true\)\n {11}podsecurity\.hostNamespaces\n {2}says {5}Pod Security restricted:v1\.37, the level to reach, not enforced here\n/,
  );
  assert.match(text, /:17:1: error: /);
  assert.match(text, /1 pod in 1 file checked: \d+ unmet requirements of restricted, 1 warning/);
  assert.match(text, /skipped: 1 document, no workload \(1 Service\)/);
  assert.match(text, /1 document could not be read/);
  for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
});

test("text: nothing but colours tells the coloured form apart", () => {
  const report = reportOf(TEXT);
  const coloured = formed("text", report, { style: COLOURED });
  assert.notEqual(coloured, formed("text", report));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  assert.equal(coloured.replaceAll(/\u001b\[\d+m/g, ""), formed("text", report));
});

test("sarif: valid against the schema, with rules, fingerprints and what could not be read", () => {
  const log = JSON.parse(formed("sarif", reportOf(TEXT)));
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
  const [run] = log.runs;
  assert.equal(run.invocations[0].executionSuccessful, false);
  const found = run.results.find(
    (one: { ruleId: string }) => one.ruleId === "podsecurity.hostNamespaces",
  );
  assert.deepEqual(found.locations[0].physicalLocation, {
    artifactLocation: { uri: "dir%20with%20space/pod.yaml", uriBaseId: "%SRCROOT%" },
    region: { startLine: 5, startColumn: 3, endLine: 5, endColumn: 10 },
  });
  assert.equal(run.tool.driver.rules[found.ruleIndex].id, found.ruleId);
  assert.match(found.partialFingerprints["secctx/v1"], /^[0-9a-f]{16}$/);
});

test("sarif: what is accepted says by whom and why; what no longer needs accepting, and what was skipped, is told", () => {
  const report = reportOf(TEXT);
  const [pod] = report.pods;
  assert.ok(pod);
  const by = ["comment", "config", "baseline"] as const;
  const findings = pod.findings.map((finding, index) => ({
    ...finding,
    suppressed: { by: by[index % 3] ?? "comment", reason: "because", at: "secctx.yaml:3" },
  }));
  const unusedSuppressions = [
    { by: "config", reason: "gone", at: "secctx.yaml:9", expired: "2020-01-31" },
  ] as const;
  const log = JSON.parse(
    formed("sarif", { ...report, pods: [{ ...pod, findings }], unusedSuppressions }),
  );
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
  const [run] = log.runs;
  assert.deepEqual(run.results[0].suppressions, [
    { kind: "inSource", status: "accepted", justification: "because (secctx.yaml:3)" },
  ]);
  assert.equal(run.results[1].suppressions[0].kind, "external");
  const told = run.invocations[0].toolExecutionNotifications.map(
    (one: { message: { text: string } }) => one.message.text,
  );
  assert.deepEqual(told, [
    "yaml: did not find expected node content",
    "suppression expired on 2020-01-31 at secctx.yaml:9: gone",
    "skipped: Service 2: no workload",
  ]);
});

test("sarif: standard input is no file below the folder", () => {
  const log = JSON.parse(formed("sarif", reportOf(TEXT, "<stdin>")));
  assert.ok(isSarif(log));
  const [result] = log.runs[0].results;
  assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, {
    uri: "file:///dev/stdin",
    description: { text: "standard input" },
  });
  assert.doesNotMatch(JSON.stringify(log), /%3Cstdin/);
});

test("sarif: a fingerprint stays when lines are put before it, and differs between findings", () => {
  const prints = (text: string) =>
    reportOf(text).pods.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));
  const before = prints(TEXT);
  assert.deepEqual(prints(`# a comment\n\n${TEXT}`), before);
  assert.equal(new Set(before).size, before.length);
});

const isXmllint = spawnSync("xmllint", ["--version"]).error === undefined;
const skip = isXmllint ? false : "xmllint (Debian: libxml2-utils) is not installed";

function assertJunit(xml: string): void {
  const schema = fileURLToPath(new URL("../../../test/junit.xsd", import.meta.url));
  const args = ["--noout", "--schema", schema, "-"];
  const { status, stderr } = spawnSync("xmllint", args, { input: xml, encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

test("junit: valid, a case per workload, per unreadable and per skipped document", { skip }, () => {
  const xml = formed("junit", reportOf(TEXT));
  assert.match(
    xml,
    /<testsuite name="dir with space\/pod\.yaml" tests="3" failures="1" errors="1" skipped="1" time="0">/,
  );
  assertJunit(xml);
  assertJunit(formed("junit", { ...reportOf(TEXT), pods: [], errors: [], skipped: [] }));
});

test("junit: what fails the command is a failure, and nothing else", () => {
  const report = reportOf(TEXT);
  const failures = (fails: NonNullable<FormOptions["fails"]>) =>
    [...junitXml(report, { fails }).matchAll(/<failure type="([^"]*)"/g)].map(([, id]) => id);
  const ids = report.pods.flatMap((pod) => pod.findings.map(({ id }) => id));
  assert.deepEqual(
    failures(() => false),
    [],
  );
  assert.deepEqual(
    failures(() => true),
    ids,
  );
  assert.deepEqual(
    failures(({ id }) => id === ids[0]),
    [ids[0]],
  );
});

test("github: one command per place and severity, what has a meaning there escaped", () => {
  const lines = formed("github", reportOf(TEXT, "a,b:c%.yaml")).trim().split("\n");
  assert.match(lines[0] ?? "", /^::error file=a%2Cb%3Ac%25\.yaml,line=17,col=1,title=secctx::/);
  for (const line of lines)
    assert.match(line, /^::(?:error|warning|notice) file=[^:]*,line=\d+,col=\d+[^:]*::./);
  const keys = lines.slice(1).map((line) => /^::(\w+) file=[^,]*,line=\d+,col=\d+/.exec(line)?.[0]);
  assert.equal(new Set(keys).size, keys.length);
});

test("github: what is said of one place is told together, each with its id", () => {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: app
      image: app:1
`;
  const [line, ...more] = formed("github", reportOf(text, "pod.yaml")).trim().split("\n");
  assert.deepEqual(more, []);
  assert.equal(
    line,
    `::error file=pod.yaml,line=6,col=7,endLine=7,title=secctx%3A 4 unmet requirements::${[
      'violates PodSecurity "restricted:v1.37": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false) [podsecurity.allowPrivilegeEscalation]',
      'violates PodSecurity "restricted:v1.37": unrestricted capabilities (container "app" must set securityContext.capabilities.drop=["ALL"]) [podsecurity.capabilities_restricted]',
      'violates PodSecurity "restricted:v1.37": runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true) [podsecurity.runAsNonRoot]',
      'violates PodSecurity "restricted:v1.37": seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost") [podsecurity.seccompProfile_restricted]',
      "kube-apiserver v1.37, the level to reach, not enforced here, container app",
    ].join("%0A")}`,
  );
});

test("gitlab: fingerprints are unique, lines are there", () => {
  const list = JSON.parse(formed("gitlab", reportOf(TEXT)));
  assert.equal(
    new Set(list.map((one: { fingerprint: string }) => one.fingerprint)).size,
    list.length,
  );
  for (const one of list) assert.ok(one.location.lines.begin > 0 && one.description !== "");
});

test("no form lets a stranger's name become markup or a control sequence", () => {
  const name = "</pre><script>alert(1)</script> | `x` \u001b[31m ]]> & \"q\" 'a'";
  const text = JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { hostPID: true, containers: [{ name, image: name }] },
  });
  const report = reportOf(text, "<b>.json", true);
  for (const form of ["html", "markdown", "junit"]) {
    const page = formed(form, report);
    assert.doesNotMatch(page, /<script>|<\/pre><s/, form);
  }
  for (const form of ["text", "html", "junit"]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the one that must not be there
    assert.doesNotMatch(formed(form, report), /\u001b/, form);
  }
});

test("every form takes whatever a manifest holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.jsonValue(), (name, value) => {
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name },
        spec: { containers: [{ name, securityContext: value }] },
      };
      const report = reportOf(JSON.stringify(pod), `${name.replaceAll("/", "")}.json`, true);
      for (const form of Object.keys(CHECK_FORMS)) formed(form, report);
      assert.ok(isSarif(JSON.parse(formed("sarif", report))));
    }),
    { numRuns: 60 },
  );
});
