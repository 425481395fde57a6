import assert from "node:assert/strict";
import { hostname as nodeName } from "node:os";
import { test } from "node:test";
import type { KubeEvent } from "../core/kubelet/events.ts";
import type { Pod } from "../core/model/pod.ts";
import { hostsFile, podHostname, refusedHostname } from "./podHosts.ts";

function podOf(spec: object, name = "web", namespace = "team"): Pod {
  return { metadata: { name, namespace }, spec: { containers: [], ...spec } } as Pod;
}

/** The line of the pod itself, and what comes after it. */
function ownLines(spec: object, name?: string): string[] {
  return hostsFile(podOf(spec, name), "10.0.0.7", "127.0.0.1\tnode\n").split("\n").slice(7);
}

test("the kubelet's hosts file, with the pod's domain where it has one", () => {
  assert.equal(
    hostsFile(podOf({ hostname: "h", subdomain: "peers" }), "10.0.0.7", ""),
    "# Kubernetes-managed hosts file.\n" +
      "127.0.0.1\tlocalhost\n" +
      "::1\tlocalhost ip6-localhost ip6-loopback\n" +
      "fe00::0\tip6-localnet\n" +
      "fe00::0\tip6-mcastprefix\n" +
      "fe00::1\tip6-allnodes\n" +
      "fe00::2\tip6-allrouters\n" +
      "10.0.0.7\th.peers.team.svc.cluster.local\th\n",
  );
  assert.deepEqual(ownLines({}), ["10.0.0.7\tweb", ""]);
  assert.deepEqual(ownLines({ hostname: "h" }), ["10.0.0.7\th", ""]);
  assert.deepEqual(ownLines({ subdomain: "s" }), [
    "10.0.0.7\tweb.s.team.svc.cluster.local\tweb",
    "",
  ]);
  assert.deepEqual(ownLines({ hostnameOverride: "a.example", subdomain: "s" }), [
    ...["10.0.0.7\ta.example", ""],
  ]);
});

test("host aliases, on the node's network too", () => {
  const hostAliases = [{ ip: "1.2.3.4", hostnames: ["a", "b"] }, { ip: "5.6.7.8" }];
  const entries = ["", "# Entries added by HostAliases.", "1.2.3.4\ta\tb", "5.6.7.8\t", ""];
  assert.deepEqual(ownLines({ hostAliases }), ["10.0.0.7\tweb", ...entries]);
  assert.equal(
    hostsFile(podOf({ hostNetwork: true, subdomain: "s", hostAliases }), "", "127.0.0.1\tnode\n"),
    `# Kubernetes-managed hosts file (host network).\n127.0.0.1\tnode\n${entries.join("\n")}`,
  );
});

test("what the kernel is told", () => {
  const fqdn = { hostname: "h", subdomain: "s", setHostnameAsFQDN: true };
  assert.equal(podHostname(podOf({ hostname: "h", subdomain: "s" })), "h");
  assert.equal(podHostname(podOf(fqdn)), "h.s.team.svc.cluster.local");
  assert.equal(podHostname(podOf({ setHostnameAsFQDN: true })), "web");
  assert.equal(podHostname(podOf({ hostnameOverride: "a.example" })), "a.example");
  assert.equal(podHostname(podOf({ ...fqdn, hostNetwork: true })), nodeName());
  const long = `${"a".repeat(62)}-b`;
  assert.equal(podHostname(podOf({}, long)), "a".repeat(62));
});

test("a whole name that the kernel does not take", () => {
  const events: KubeEvent[] = [];
  const note = { add: (event: KubeEvent) => void events.push(event) };
  const spec = { hostname: "h".repeat(40), subdomain: "s", setHostnameAsFQDN: true };
  const stopped = refusedHostname(podOf(spec), note);
  const message = `failed to construct FQDN from pod hostname and cluster domain, FQDN ${"h".repeat(40)}.s.team.svc.cluster.local is too long (64 characters is the max, 65 characters requested)`;
  assert.deepEqual(stopped, { phase: "Pending", reason: "FailedCreatePodSandBox", message });
  assert.deepEqual(
    events.map((event) => event.message),
    [`Failed to create pod sandbox: ${message}`],
  );
  assert.equal(refusedHostname(podOf({ ...spec, hostname: "h".repeat(39) }), note), undefined);
  assert.equal(refusedHostname(podOf({ ...spec, setHostnameAsFQDN: false }), note), undefined);
});
