// Assembles the demo images from Debian's busybox-static and coreutils, without any registry: one OCI layout, many names.
//
// `node --import tsx tools/demoImages.ts [FOLDER]` (default dist/demo). Needs no root, and does nothing when all is there.
// Every image holds /bin/busybox with all its applets, and these copies of coreutils' cat and whoami:
// /plain/*, /suid/* (setuid root), /fcap/* (cap_net_bind_service+ep), /fcapraw/* (cap_net_raw+ep). busybox itself would
// not do: it gives a setuid bit's power back.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type ImageSpec, type LayerBlob, writeLayer, writeLayout } from "./ociLayout.ts";
import { type TarEntry, tar } from "./tarWriter.ts";

/** Rises with every change of what is written. */
const EDITION = "3";
const STAMP = "secctx.demo.stamp";
const BUSYBOX = "/bin/busybox";
const TOOLS = ["/bin/cat", "/usr/bin/whoami"];

const PASSWD = [
  "root:x:0:0:root:/root:/bin/sh",
  "nobody:x:65534:65534:nobody:/:/bin/sh",
  "app:x:1234:1234:app:/home/app:/bin/sh",
  "svc:x:1500:1600:svc:/:/bin/sh",
];
const GROUP = [
  "root:x:0:",
  "wheel:x:10:root,app",
  "app:x:1234:",
  "extra:x:5000:app",
  "svcgrp:x:1600:",
  "shared:x:7000:svc,app",
  "nogroup:x:65534:",
];

/** Name in the layout → USER. */
const USERS: Readonly<Record<string, string>> = {
  "demo/busybox:latest": "",
  "demo/busybox:1": "",
  "demo/busybox:u1000": "1000",
  "demo/busybox:u1000g3000": "1000:3000",
  "demo/busybox:u1234": "1234",
  "demo/busybox:u0": "0",
  "demo/busybox:uroot": "root",
  "demo/busybox:uapp": "app",
  "demo/busybox:uappextra": "app:extra",
  "demo/busybox:usvc": "svc",
  "demo/busybox:umissing": "nosuchuser",
};
/** The user of uid 1000 is in a group of the image, as in upstream's tests of supplementalGroupsPolicy. */
const WITH_IMAGE_GROUP: Readonly<Record<string, string>> = { "demo/groups:1": "" };
const IMAGE_GROUP = {
  passwd: [...PASSWD, "alice:x:1000:1000:alice:/:/bin/sh"],
  group: [...GROUP, "group-defined-in-image:x:50000:alice"],
};

const WITHOUT_USER_FILES: Readonly<Record<string, string>> = {
  "demo/nopasswd:latest": "",
  "demo/nopasswd:u1000": "1000",
  "demo/nopasswd:uapp": "app",
};

/** Writes the demo images into the OCI layout `folder`. Answers false when they were there already. */
export function writeDemoImages(folder: string): boolean {
  const stamp = inputStamp();
  if (writtenStamp(folder) === stamp) return false;
  mkdirSync(folder, { recursive: true });
  const base = writeLayer(folder, tar(baseEntries()));
  const tools = writeLayer(folder, tar(toolEntries()));
  const users = writeLayer(folder, tar(userEntries(PASSWD, GROUP)));
  const alice = writeLayer(folder, tar(userEntries(IMAGE_GROUP.passwd, IMAGE_GROUP.group)));
  const images = [
    ...specs(USERS, [base, tools, users]),
    ...specs(WITH_IMAGE_GROUP, [base, tools, alice]),
    ...specs(WITHOUT_USER_FILES, [base, tools]),
  ];
  writeLayout(folder, images, { [STAMP]: stamp });
  return true;
}

function specs(
  users: Readonly<Record<string, string>>,
  layers: readonly LayerBlob[],
): readonly ImageSpec[] {
  return Object.entries(users).map(([name, user]) => ({
    name,
    layers,
    config: {
      ...(user === "" ? {} : { User: user }),
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      Cmd: ["/bin/sh"],
    },
  }));
}

function baseEntries(): TarEntry[] {
  const applets = execFileSync(BUSYBOX, ["--list"], { encoding: "utf8" }).trim().split("\n");
  return [
    ...["bin", "dev", "etc", "home", "proc", "root", "run", "sys", "usr", "usr/bin", "var"].map(
      (name) => directory(name, 0o755),
    ),
    directory("tmp", 0o1777),
    { name: "bin/busybox", mode: 0o755, content: readFileSync(BUSYBOX) },
    ...applets
      .filter((applet) => applet !== "busybox")
      .map((applet) => ({ name: `bin/${applet}`, type: "2", mode: 0o777, link: "busybox" })),
  ];
}

function userEntries(passwd: readonly string[], group: readonly string[]): TarEntry[] {
  return [
    directory("etc", 0o755),
    { name: "etc/passwd", content: `${passwd.join("\n")}\n` },
    { name: "etc/group", content: `${group.join("\n")}\n` },
    directory("home", 0o755),
    { ...directory("home/app", 0o755), uid: 1234, gid: 1234 },
  ];
}

function toolEntries(): TarEntry[] {
  const kinds: readonly { name: string; mode: number; capability?: number }[] = [
    { name: "plain", mode: 0o755 },
    { name: "suid", mode: 0o4755 },
    { name: "fcap", mode: 0o755, capability: 10 },
    { name: "fcapraw", mode: 0o755, capability: 13 },
  ];
  const entries: TarEntry[] = [];
  for (const { path, real } of librariesOf(TOOLS)) {
    const folders = path.split("/").slice(1, -1);
    for (let depth = 1; depth <= folders.length; depth++) {
      const name = folders.slice(0, depth).join("/");
      if (!entries.some((entry) => entry.name === name)) entries.push(directory(name, 0o755));
    }
    entries.push({ name: path.slice(1), mode: 0o755, content: readFileSync(real) });
  }
  for (const { name, mode, capability } of kinds) {
    entries.push(directory(name, 0o755));
    for (const tool of TOOLS) {
      entries.push({
        name: `${name}/${tool.split("/").at(-1)}`,
        mode,
        content: readFileSync(tool),
        ...(capability === undefined
          ? {}
          : { xattrs: { "security.capability": fileCapability(capability) } }),
      });
    }
  }
  return entries;
}

/** Shared libraries and the loader, each where the loader looks for it. */
function librariesOf(programs: readonly string[]): { path: string; real: string }[] {
  const said = execFileSync("ldd", programs, { encoding: "utf8" });
  const paths = [...said.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map((match) => match[1] ?? "");
  return [...new Set(paths)].map((path) => ({ path, real: realpathSync(path) }));
}

/** `cap_…+ep` as the kernel keeps it: revision 2, effective, one permitted bit. */
function fileCapability(bit: number): Buffer {
  const value = Buffer.alloc(20);
  value.writeUInt32LE(0x0200_0001, 0);
  value.writeUInt32LE(1 << bit, 4);
  return value;
}

function directory(name: string, mode: number): TarEntry {
  return { name, type: "5", mode };
}

/** What the images are made of, as far as a stat tells. */
function inputStamp(): string {
  const facts = [BUSYBOX, ...TOOLS].map((path) => {
    const { size, mtimeMs } = statSync(path);
    return [path, size, mtimeMs];
  });
  const layout = [EDITION, facts, PASSWD, GROUP, USERS, WITHOUT_USER_FILES, process.arch];
  return createHash("sha256").update(JSON.stringify(layout)).digest("hex");
}

function writtenStamp(folder: string): string | undefined {
  try {
    const index: { readonly annotations?: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(join(folder, "index.json"), "utf8"),
    );
    return index.annotations?.[STAMP];
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = resolve(process.argv[2] ?? "dist/demo");
  const written = writeDemoImages(folder);
  console.log(`${folder}: ${written ? "written" : "up to date"}`);
}
