import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "../core/model/pod.ts";
import { resolvConf } from "./resolvConf.ts";

const HOST = "# of the node\nsearch a.example\nnameserver 10.0.0.1\noptions ndots:5 rotate\n";

const CASES: readonly (readonly [string, object, string])[] = [
  ["the node's as it is", { dnsPolicy: "ClusterFirst" }, HOST],
  ["None without a config", { dnsPolicy: "None" }, ""],
  [
    "None has only its own",
    { dnsPolicy: "None", dnsConfig: { nameservers: ["1.1.1.1"], searches: ["b", "b"] } },
    "search b\nnameserver 1.1.1.1\n",
  ],
  [
    "a config is added, and its options take the node's place",
    {
      dnsPolicy: "Default",
      dnsConfig: {
        nameservers: ["10.0.0.1", "10.0.0.2"],
        searches: ["b"],
        options: [{ name: "ndots", value: "2" }, { name: "edns0" }],
      },
    },
    "search a.example b\nnameserver 10.0.0.1\nnameserver 10.0.0.2\noptions ndots:2 rotate edns0\n",
  ],
  [
    "three nameservers at most",
    { dnsConfig: { nameservers: ["10.0.0.2", "10.0.0.3", "10.0.0.4"] } },
    "search a.example\nnameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\noptions ndots:5 rotate\n",
  ],
];

for (const [what, spec, expected] of CASES) {
  test(what, () => {
    const pod = { spec: { containers: [], ...spec } } as unknown as Pod;
    assert.equal(resolvConf(pod, HOST), expected);
  });
}
