// The pages of findings: every id that the code can tell has one, its examples are run, and docs/checks is what the generator writes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { FINDING_IDS } from "../src/core/answers/findingIds.ts";
import { API_SERVER_NAMES } from "../src/core/answers/pages/apiServerNames.ts";
import { PAGES } from "../src/core/answers/pages/catalogue.ts";
import { findingsIn, requestFindings } from "../src/core/answers/pages/examples.ts";
import { pageOf } from "../src/core/answers/pages.ts";
import { apiserver } from "../src/core/apiserver/apiserver.ts";
import type { JsonObject } from "../src/core/model/json.ts";
import { composeWorld } from "../src/core/rules/world.ts";
import { titleOf } from "../src/report/check/titles.ts";
import { FOLDER, pageFiles, TITLES_FILE, titlesText } from "../tools/docs/checks.ts";
import { goldenRows } from "./golden.ts";

const CORE = fileURLToPath(new URL("../src/core/", import.meta.url));
const IDS = new Set(PAGES.map(({ id }) => id));

for (const page of PAGES) {
  test(`${page.id}: the failing example has it, the passing one has not`, () => {
    const { request, only, failing, passing } = page;
    if (request === undefined) {
      assert.ok(failing !== undefined && passing !== undefined, "a page without examples");
      assert.notDeepEqual(findingsIn(page, "failing"), []);
      assert.deepEqual(findingsIn(page, "passing"), []);
    } else {
      assert.equal(failing ?? passing, undefined, "a manifest leads there: no stage need be asked");
      assert.match(only ?? "", /\S \S/, "why no manifest leads there");
      assert.notDeepEqual(requestFindings(page, "failing"), []);
      assert.deepEqual(requestFindings(page, "passing"), []);
    }
  });
}

test("an id has one page, in words", () => {
  assert.equal(IDS.size, PAGES.length);
  for (const { id, title, why, mend, reference } of PAGES) {
    assert.match(id, /^[a-z]+\.\w+$/);
    for (const text of [title, why, mend]) assert.match(text, /\S{2}/, id);
    assert.match(reference, /^https:\/\//, id);
  }
});

function sources(folder: string): string[] {
  return readdirSync(join(CORE, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

function namesIn(folder: string, pattern: RegExp): string[] {
  return sources(folder).flatMap((text) =>
    [...text.matchAll(pattern)].map(([, name]) => name ?? ""),
  );
}

/** Stage → the names that its code gives to what it tells. */
const TOLD: Readonly<Record<string, () => readonly string[]>> = {
  kubelet: () => [
    ...namesIn("kubelet", /\bgate: "(\w+)"/g),
    ...namesIn("kubelet", /\bid: "kubelet\.(\w+)"/g),
  ],
  containerd: () => [
    ...namesIn("containerd", /\bid: "(\w+)"/g),
    ...namesIn("containerd", /\["(?:sandbox|create|start)", "(\w+)"\]/g),
    "windowsNode",
  ],
  docker: () => [
    ...namesIn("docker", /\bid: "(\w+)"/g),
    ...namesIn("docker", /^\s+"(\w+Ignored)",$/gm),
    "create",
    "start",
  ],
  dockershim: () => [...namesIn("stages", /\bid: "dockershim\.(\w+)"/g), "sandbox", "create"],
  runc: () => [
    ...namesIn("runc", /\{ name: "(\w+)", run: /g),
    ...namesIn("runc", /\bid: "runc\.(\w+)"/g),
  ],
  manifest: () => namesIn("manifest", /\bid: "manifest\.(\w+)"/g),
};

for (const [stage, told] of Object.entries(TOLD)) {
  test(`${stage}: everything that the code tells by name has a page`, () => {
    const names = new Set(told());
    assert.ok(names.size > 0);
    const missing = [...names].filter((name) => !IDS.has(`${stage}.${name}`));
    assert.deepEqual(missing, [], "without a page");
  });
}

interface Recorded {
  readonly op: string;
  readonly kind: string;
  readonly object?: JsonObject;
  readonly pod?: JsonObject;
}

test("kube-apiserver: whatever its recordings make it say has a page", () => {
  const missing = new Set<string>();
  for (const version of ["v1.37", "v1.23"] as const) {
    const world = composeWorld({ kubernetes: version });
    for (const row of goldenRows<Recorded>("kube-apiserver-1.37.2/validation.jsonl")) {
      const object = row.object ?? row.pod;
      if (object === undefined || row.op !== "create") continue;
      const { findings } = apiserver({ operation: "create", kind: row.kind, object }, world);
      for (const { id } of findings) if (!IDS.has(id)) missing.add(id);
    }
  }
  assert.deepEqual([...missing], []);
});

test("the API server's fields with a page are those that the finding's link knows", () => {
  const paged = [...IDS].filter((id) => id.startsWith("apiserver."));
  assert.deepEqual(
    API_SERVER_NAMES.map((name) => `apiserver.${name}`),
    paged.sort(),
  );
  assert.equal(pageOf("apiserver.runAsUser"), "docs/checks/apiserver.runAsUser.md");
  assert.equal(pageOf("apiserver.mountPath"), "docs/checks/apiserver.other.md");
});

test("docs/checks is what the generator writes (node --import tsx tools/docs/checks.ts)", () => {
  const expected = pageFiles();
  assert.deepEqual(readdirSync(FOLDER).sort(), [...expected.keys()].sort());
  for (const [name, text] of expected) {
    assert.equal(readFileSync(join(FOLDER, name), "utf8"), text, name);
  }
});

test("reports have the title of every page", () => {
  assert.equal(readFileSync(TITLES_FILE, "utf8"), titlesText());
  for (const { id, title } of PAGES) if (id !== "apiserver.other") assert.equal(titleOf(id), title);
  assert.equal(titleOf("apiserver.mountPath"), "apiserver: mountPath");
});

test("every finding with a page can be named", () => {
  // The page of all that have none of their own.
  const ids = PAGES.map(({ id }) => id).filter((id) => id !== "apiserver.other");
  assert.deepEqual([...new Set(FINDING_IDS)].sort(), ids.sort());
});
