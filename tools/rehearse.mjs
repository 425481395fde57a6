// Runs the built command once, so that its code cache holds what `explain` and `run` compile. `run` needs neither root nor
// an OCI runtime here: programs of the same names stand first in PATH and only act as if.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const AS_IF = {
  // Their options end where the program begins that they would start.
  unshare: 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
  nsenter: 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
  setpriv: 'shift 2; exec "$@"',
  mount: "",
  umount: "",
  ip: "",
  runc: `case " $* " in *" --version "*) echo "runc version 1.1.5"; exit;; esac
while [ "$1" != --pid-file ]; do shift; done
echo $$ >"$2.new"; mv "$2.new" "$2"; sleep 0.05; echo out`,
};

const POD = `apiVersion: v1
kind: Pod
metadata: { name: rehearsal }
spec:
  restartPolicy: Never
  containers: [{ name: main, image: "rehearsal:1", command: ["true"], securityContext: { runAsUser: 1000 } }]
`;

/** @param command path of the built launcher @throws Error when the command does not run */
export function rehearse(command) {
  const folder = mkdtempSync(join(tmpdir(), "secctx-build-"));
  try {
    const words = ["--all-stages", "examples", "-o", "json", "-q"];
    call([command, "explain", ...words], {});
    rehearseRun(command, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rehearseRun(command, folder) {
  const at = (name) => join(folder, name);
  mkdirSync(at("bin"));
  for (const [name, script] of Object.entries(AS_IF)) {
    writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(at(`bin/${name}`), 0o755);
  }
  mkdirSync(at("image/etc"), { recursive: true });
  writeFileSync(at("image/etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
  writeFileSync(at("pod.yaml"), POD);
  writeFileSync(at("asRoot.cjs"), "process.getuid = () => 0;\n");
  const image = `rehearsal:1=dir:${at("image")}`;
  call(["--require", at("asRoot.cjs"), command, "run", at("pod.yaml"), "--image", image], {
    PATH: `${at("bin")}${delimiter}${process.env.PATH ?? ""}`,
    SECCTX_STATE_DIR: at("state"),
    SECCTX_CACHE_DIR: at("cache"),
  });
}

function call(words, environment) {
  const { status, stderr } = spawnSync(process.execPath, words, {
    env: { ...process.env, SECCTX_WRITE_CODE_CACHE: "1", ...environment },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status === 0 || status === 1) return;
  throw new Error(`the built command does not run: ${words.join(" ")}\n${stderr}`);
}
