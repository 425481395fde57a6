// What a build needs to run a pod of which nothing runs: an image with two files, and an OCI runtime that does nothing.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: rehearsal
spec:
  restartPolicy: Never
  securityContext:
    runAsNonRoot: true
    runAsUser: 1001
    fsGroup: 2000
    seccompProfile: { type: RuntimeDefault }
  containers:
    - name: app
      image: rehearsal:1
      command: ["true"]
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: { drop: [ALL] }
      volumeMounts: [{ name: data, mountPath: /data }]
  volumes:
    - { name: data, emptyDir: {} }
`;

/** Of a tar file. */
const BLOCK = 512;

/** Says that the container lives, and has ended by then. */
const RUNTIME = `#!/bin/sh
for word; do
  case $before in --pid-file) echo $$ >"$word";; esac
  case $word in --version) echo "runc version 1.1.0";; esac
  before=$word
done
`;

/** The kernel has to let secctx hold a sandbox. */
export function canRehearse() {
  return process.platform === "linux" && process.getuid() === 0;
}

/** @returns command lines, the environment that they run in, and what removes it all */
export function rehearsal() {
  const folder = mkdtempSync(join(tmpdir(), "secctx-rehearsal-"));
  const runtime = join(folder, "runtime");
  writeFileSync(runtime, RUNTIME);
  chmodSync(runtime, 0o755);
  writeFileSync(join(folder, "pod.yaml"), POD);
  writeImage(join(folder, "image"));
  const image = `rehearsal:1=oci:${join(folder, "image")}:1`;
  const run = ["run", join(folder, "pod.yaml"), "--image", image, "--oci-runtime", runtime];
  return {
    // The image is in the cache the second time, as for most calls.
    calls: [run, run],
    env: { SECCTX_CACHE_DIR: join(folder, "cache") },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function writeImage(layout) {
  const blobs = join(layout, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  function blob(content, mediaType) {
    const hex = createHash("sha256").update(content).digest("hex");
    writeFileSync(join(blobs, hex), content);
    return { mediaType, digest: `sha256:${hex}`, size: content.length };
  }
  const type = (name) => `application/vnd.oci.image.${name}`;
  const files = [
    ...tarred("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n"),
    ...tarred("etc/group", "root:x:0:\nstaff:x:50:app\napp:x:1000:\n"),
  ];
  // Two blocks of zeros end a tar file.
  const layer = blob(Buffer.concat([...files, Buffer.alloc(2 * BLOCK)]), type("layer.v1.tar"));
  const rootfs = { type: "layers", diff_ids: [layer.digest] };
  const architecture = arch() === "x64" ? "amd64" : arch();
  const about = JSON.stringify({ architecture, os: "linux", config: {}, rootfs });
  const config = blob(about, type("config.v1+json"));
  const manifest = {
    schemaVersion: 2,
    mediaType: type("manifest.v1+json"),
    config,
    layers: [layer],
  };
  const described = blob(JSON.stringify(manifest), manifest.mediaType);
  const named = { ...described, annotations: { "org.opencontainers.image.ref.name": "1" } };
  writeFileSync(
    join(layout, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [named] }),
  );
  writeFileSync(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}

/** @returns the blocks of a file in a tar file */
function tarred(name, text) {
  const header = Buffer.alloc(BLOCK);
  const octal = (value, digits) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(name);
  // Mode, uid, gid, size, time; the sum is made over spaces in its own place.
  const numbers = [octal(0o644, 7), octal(0, 7), octal(0, 7), octal(text.length, 11), octal(0, 11)];
  header.write(`${numbers.join("")}        0`, 100);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((before, byte) => before + byte, 0);
  header.write(`${octal(sum, 6)} `, 148);
  const content = Buffer.alloc(Math.ceil(text.length / BLOCK) * BLOCK);
  content.write(text);
  return [header, content];
}
