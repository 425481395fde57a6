// Libraries that few calls need lie in files of their own beside the command: only the call that needs one reads it.
import { build } from "esbuild";

/** Import → file. */
const FILES = {
  dockerode: "docker",
  "@connectrpc/connect": "cri",
  "@connectrpc/connect-node": "cri",
  "@bufbuild/protobuf": "cri",
  "@bufbuild/protobuf/codegenv2": "cri",
  ws: "cri",
  tinyglobby: "glob",
  ignore: "ignore",
  picomatch: "pattern",
  "@clack/prompts": "prompts",
  yaml: "yaml",
};

export function libraries(common) {
  const leavesOut = {
    name: "libraries",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
        Object.hasOwn(FILES, path) ? { path, namespace: "library" } : undefined,
      );
      onResolve({ filter: /^\.\/library\.\w+\.cjs$/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: "library" }, ({ path }) => ({
        contents: `module.exports = require("./library.${FILES[path]}.cjs")[${JSON.stringify(path)}];`,
      }));
    },
  };
  return { leavesOut, writeLibraries: () => writeLibraries(common) };
}

async function writeLibraries(common) {
  for (const file of new Set(Object.values(FILES))) {
    const names = Object.keys(FILES).filter((name) => FILES[name] === file);
    const members = names.map(
      (name) => `${JSON.stringify(name)}: require(${JSON.stringify(name)})`,
    );
    await build({
      ...common,
      stdin: { contents: `module.exports = { ${members.join(", ")} };`, resolveDir: "." },
      outfile: `dist/library.${file}.cjs`,
      format: "cjs",
      platform: "node",
      minifyIdentifiers: true,
    });
  }
}
