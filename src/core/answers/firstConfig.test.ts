// The first configuration: what is proposed for what is seen, and that its text is read as what it says.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readPlacedYaml } from "../manifest/placedYaml.ts";
import { configText, proposeConfig, type Seen } from "./firstConfig.ts";

function pod(
  highest: Seen["pods"][number]["highest"],
  file = "deploy/a.yaml",
): Seen["pods"][number] {
  return { file, namespace: "default", highest };
}
function seen(parts: Partial<Seen>): Seen {
  return { pods: [], unreadable: [], namespaces: [], newest: "v1.37", ...parts };
}
function namespace(labels: Record<string, string>): Seen["namespaces"][number] {
  return { kind: "Namespace", metadata: { labels } };
}
const ENFORCE = "pod-security.kubernetes.io/enforce";

test("the level: what a namespace enforces, else what most pods meet, baseline at the least", () => {
  const level = (parts: Partial<Seen>): string => proposeConfig(seen(parts)).level;
  assert.equal(
    level({ pods: [pod("restricted"), pod("restricted"), pod("privileged")] }),
    "restricted",
  );
  assert.equal(level({ pods: [pod("restricted"), pod("baseline")] }), "baseline");
  assert.equal(level({ pods: [pod("privileged")] }), "baseline");
  const namespaces = [
    namespace({ [ENFORCE]: "privileged" }),
    namespace({ [ENFORCE]: "restricted" }),
  ];
  assert.equal(level({ pods: [pod("privileged")], namespaces }), "restricted");
  assert.equal(
    level({ pods: [pod("restricted")], namespaces: namespaces.slice(0, 1) }),
    "restricted",
  );
});

test("versions: from the oldest that a namespace names", () => {
  const versions = (...told: string[]): string =>
    proposeConfig(
      seen({ namespaces: told.map((one) => namespace({ [`${ENFORCE}-version`]: one })) }),
    ).kubernetes;
  assert.equal(versions(), "1.37");
  assert.equal(versions("latest"), "1.37");
  assert.equal(versions("v1.35", "v1.33", "v1.99", "x"), "1.33..1.37");
});

test("folders with pods are included, files that cannot be read excluded", () => {
  const { include, exclude } = proposeConfig(
    seen({
      pods: [pod("baseline", "b/x/1.yaml"), pod("baseline", "a.yaml"), pod("baseline", "b/2.yaml")],
      unreadable: ["chart/t.yaml", "chart/t.yaml"],
    }),
  );
  assert.deepEqual(include, ["*.yaml", "b"]);
  assert.deepEqual(exclude, ["chart/t.yaml"]);
});

/** A file with a pod, and what is included for it. */
const INCLUDED: readonly (readonly [string, string])[] = [
  ["deploy/shop/web.yaml", "deploy"],
  ["web.yaml", "*.yaml"],
  ["web.yml", "*.yml"],
  ["web.prod.json", "*.json"],
  ["../other/k8s/web.yaml", "../other/k8s"],
  ["/srv/k8s/web.yaml", "/srv/k8s"],
  ["/web.yaml", "/web.yaml"],
  ["manifest", "manifest"],
];
for (const [file, place] of INCLUDED) {
  test(`${file}: ${place} is included`, () => {
    assert.deepEqual(proposeConfig(seen({ pods: [pod("baseline", file)] })).include, [place]);
  });
}

test("whatever the names, the text is read as what it says", () => {
  const names = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 3 });
  fc.assert(
    fc.property(names, names, fc.boolean(), (include, exclude, hasBaseline) => {
      const config = {
        level: "baseline",
        kubernetes: "1.30",
        failOn: "never",
        include,
        ...(exclude.length > 0 ? { exclude } : {}),
        ...(hasBaseline ? { baseline: "known.json" } : {}),
      } as const;
      const read = readPlacedYaml(configText({ exclude: [], ...config }));
      assert.ok("value" in read);
      assert.deepEqual(read.value, config);
    }),
  );
});
