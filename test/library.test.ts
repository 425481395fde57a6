// The library is pure: its bundle runs in a context that has nothing but the language itself, as a browser would load it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "secctx-library-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  securityContext: { runAsNonRoot: yes, runAsUser: 0400 }
  containers: [{ name: app, image: app }]
`;

interface Library {
  readManifest: (text: string, file: string) => { pods: unknown[] };
  composeWorld: (file: object) => object;
  walk: (pod: unknown, world: object, options: object) => object;
  explain: (journey: object) => {
    kernel: { containers: { status: { Uid: string } }[] };
    settings: { field: string; value: unknown; source: { kind: string; line: number } }[];
  };
}

/** The library as a context that has nothing else. */
async function load(): Promise<ReturnType<typeof createContext>> {
  const outfile = join(folder, "library.js");
  await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    format: "iife",
    globalName: "secctx",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2023",
    outfile,
    logLevel: "error",
  });
  const context = createContext({});
  new Script(`${readFileSync(outfile, "utf8")}; this.library = secctx;`).runInContext(context);
  return context;
}

test("a pod is read, walked and explained without Node and without a browser", async () => {
  const context = await load();
  const { readManifest, composeWorld, walk, explain } = (context as { library: Library }).library;
  const [pod] = readManifest(POD, "pod.yaml").pods;
  const world = composeWorld({ images: { app: { user: "" } } });
  const line = explain(walk(pod, world, { trace: true }));
  assert.equal(line.kernel.containers[0]?.status.Uid, "256 256 256 256");
  const user = line.settings.find(({ field }) => field === "runAsUser");
  assert.equal(user?.value, 256);
  assert.deepEqual([user?.source.kind, user?.source.line], ["manifest", 6]);
});

test("the example of fix runs as it stands in the docstring", async () => {
  const source = readFileSync("src/core/answers/fix.ts", "utf8");
  const [, docstring = ""] = /@example\n([\s\S]*?)\*\/\s*export function fix\(/.exec(source) ?? [];
  const example = docstring.replace(/^ \* ?/gm, "");
  const context = await load();
  const code = `(() => { const { fix, composeWorld } = library; ${example}; return pods[0].after + text; })()`;
  const answer = String(new Script(code).runInContext(context));
  assert.equal(
    answer,
    `restrictedkind: Pod
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
  - name: app
    image: app:1
    securityContext:
      allowPrivilegeEscalation: false
      capabilities:
        drop:
        - ALL
`,
  );
});
