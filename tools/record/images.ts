// Assembles the recorders' test images from busybox-static and the probe: an archive that `ctr` imports and Docker loads.
//
// usage: images.ts PROBE TAG_PREFIX OUT.tar. Users, passwd and group of each image stand in test/golden/images.json.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goldenJson } from "../../test/golden.ts";
import { type ImageSpec, writeLayer, writeLayout } from "../ociLayout.ts";
import { type TarEntry, tar } from "../tarWriter.ts";

interface ImageFacts {
  readonly user: string;
  readonly passwd?: string | null;
  readonly group?: string | null;
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

const BUSYBOX = "/bin/busybox";
/** Capability bits of the probes that carry one. */
const NET_BIND_SERVICE = 10;
const NET_RAW = 13;

const [probe = "", repository = "", out = ""] = process.argv.slice(2);
const layout = mkdtempSync(join(tmpdir(), "record-images-"));
try {
  const base = writeLayer(layout, tar(baseEntries(readFileSync(probe))));
  const images = goldenJson<Record<string, ImageFacts>>("images.json");
  const specs = Object.entries({ ...images, pause: { user: "" } }).map(
    ([name, facts]): ImageSpec => ({
      name,
      layers: [base, ...userLayers(facts)],
      config: {
        ...(facts.user === "" ? {} : { User: facts.user }),
        Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        Cmd: name === "pause" ? ["/bin/sleep", "2147483"] : ["/bin/sh"],
      },
    }),
  );
  writeLayout(layout, specs);
  writeDockerManifest(specs.map(({ name }) => name));
  execFileSync("tar", ["-C", layout, "-cf", out, "."]);
} finally {
  rmSync(layout, { recursive: true, force: true });
}

function baseEntries(program: Buffer): TarEntry[] {
  const applets = execFileSync(BUSYBOX, ["--list"], { encoding: "utf8" }).trim().split("\n");
  const folders = ["bin", "dev", "etc", "home", "proc", "root", "run", "sys", "usr", "var"];
  return [
    ...folders.map((name): TarEntry => ({ name, type: "5", mode: 0o755 })),
    { name: "tmp", type: "5", mode: 0o1777 },
    { name: "bin/busybox", mode: 0o755, content: readFileSync(BUSYBOX) },
    ...applets
      .filter((applet) => applet !== "busybox")
      .map((applet) => ({ name: `bin/${applet}`, type: "2", mode: 0o777, link: "busybox" })),
    { name: "bin/probe", mode: 0o755, content: program },
    { name: "bin/probe-suid", mode: 0o4755, content: program },
    withCapability("bin/probe-fcap", program, NET_BIND_SERVICE),
    withCapability("bin/probe-fcapraw", program, NET_RAW),
  ];
}

function userLayers({ passwd, group }: Partial<ImageFacts>): ReturnType<typeof writeLayer>[] {
  if (passwd == null || group == null) return [];
  const entries: TarEntry[] = [
    { name: "etc/passwd", content: passwd },
    { name: "etc/group", content: group },
    { name: "home/app", type: "5", mode: 0o755, uid: 1234, gid: 1234 },
  ];
  return [writeLayer(layout, tar(entries))];
}

/** `cap_…+ep` as the kernel keeps it: revision 2, effective, one permitted bit. */
function withCapability(name: string, content: Buffer, bit: number): TarEntry {
  const value = Buffer.alloc(20);
  value.writeUInt32LE(0x0200_0001, 0);
  value.writeUInt32LE(1 << bit, 4);
  return { name, mode: 0o755, content, xattrs: { "security.capability": value } };
}

/** Docker before 25 loads no OCI layout; its own manifest may name the same blobs. */
function writeDockerManifest(names: readonly string[]): void {
  const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as {
    readonly manifests: readonly { readonly digest: string }[];
  };
  const blob = (digest: string) => `blobs/${digest.replace(":", "/")}`;
  const manifests = index.manifests.map(({ digest }, at) => {
    const { config, layers } = JSON.parse(
      readFileSync(join(layout, blob(digest)), "utf8"),
    ) as Manifest;
    return {
      Config: blob(config.digest),
      RepoTags: [`${repository}:${names[at]}`],
      Layers: layers.map((layer) => blob(layer.digest)),
    };
  });
  writeFileSync(join(layout, "manifest.json"), JSON.stringify(manifests));
}
