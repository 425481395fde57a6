// The first pod of a StatefulSet: its name, its host's name, and the claims that its controller makes of templates.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

function setOf(script: string, spec: object = {}): object {
  const mounts = { volumeMounts: [{ name: "data", mountPath: "/data" }] };
  const { spec: podSpec } = podOf(script, { securityContext: { fsGroup: 2000 } }, mounts) as {
    spec: object;
  };
  const template = {
    metadata: { labels: { app: "db" } },
    spec: { ...podSpec, restartPolicy: "Always" },
  };
  return {
    ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db" } },
    spec: {
      ...{ serviceName: "peers", selector: { matchLabels: { app: "db" } }, template },
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      ],
      ...spec,
    },
  };
}

test("claims of templates are there, and the pod knows its number", { skip }, async () => {
  const script = "hostname; tail -n1 /etc/hosts; hostname -f; stat -c %g /data; touch /data/x";
  const { code, stdout, stderr } = await runCommand(lab, setOf(script), ["--no-prefix"]);
  assert.equal(code, 0, stderr);
  const fqdn = "db-0.peers.default.svc.cluster.local";
  assert.equal(stdout, `db-0\n127.0.0.1\t${fqdn}\tdb-0\n${fqdn}\n2000\n`);
  assert.match(stderr, /^pod default\/db-0 /);
  const { stdout: json } = await runCommand(lab, setOf(script), ["-o", "json"]);
  assert.equal(JSON.parse(json).pod.name, "db-0");
  assert.deepEqual(leftovers(lab), []);
});

test("another first number, and a claim that is mapped to a folder", { skip }, async () => {
  const folder = join(lab.folder, "data");
  mkdirSync(folder);
  const set = setOf("hostname >/data/who", { ordinals: { start: 5 } });
  const { code, stderr } = await runCommand(lab, set, ["--claim", `data-db-5=${folder}`]);
  assert.equal(code, 0, stderr);
  assert.equal(readFileSync(join(folder, "who"), "utf8"), "db-5\n");
  assert.doesNotMatch(stderr, /--claim/);
  // By the template's own name.
  const template = setOf("hostname >/data/who", { ordinals: { start: 6 } });
  const words = ["--claim", `data=${folder}`, "--claim", "dota=/x"];
  const named = await runCommand(lab, template, words);
  assert.equal(readFileSync(join(folder, "who"), "utf8"), "db-6\n");
  assert.match(
    named.stderr,
    /^secctx: --claim dota=\/x: no volume uses the claim dota; did you mean data\?$/m,
  );
});
