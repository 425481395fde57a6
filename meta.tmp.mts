import { build } from "/work/wt/perf/node_modules/esbuild/lib/main.js";
import { onlyCommands } from "/work/wt/perf/tools/build/groups.mjs";
import { libraries } from "/work/wt/perf/tools/build/libraries.mjs";
const common = { define: { SECCTX_VERSION: '"0"' }, bundle: true, format: "esm", target: "node20", minifySyntax: true, minifyWhitespace: true };
const { leavesOut } = libraries(common);
const r = await build({ ...common, plugins: [leavesOut, onlyCommands(process.argv[2].split(","))], entryPoints: { x: "src/cli/program.ts" }, outdir: "/tmp/snapx/o", outExtension: { ".js": ".cjs" }, format: "cjs", platform: "node", supported: { "dynamic-import": false }, metafile: true, write: false });
const o = Object.values(r.metafile.outputs)[0]; const m = new Map();
for (const [f, i] of Object.entries(o.inputs)) { const k = process.argv[3] === "files" ? f : f.split("/").slice(0, f.startsWith("node_modules") ? 2 : 4).join("/"); m.set(k, (m.get(k) ?? 0) + i.bytesInOutput); }
console.log(o.bytes); for (const [k, v] of [...m].sort((a, b) => b[1] - a[1]).slice(0, +(process.argv[4] ?? 70))) console.log(v, k);
