// An image as `docker save` writes one, made of a root filesystem that lies here unpacked: daemons take it in where nothing else is.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { EngineError } from "../node/errors.ts";
import { needProgram } from "../node/programs.ts";
import { removeTree } from "../node/removeTree.ts";
import { pauseProgram } from "./pause.ts";

export interface ArchivedImage {
  readonly rootfs: string;
  /** Name and tag under which the daemon keeps it; without one it has only its id. */
  readonly name?: string;
  readonly config: {
    readonly User?: string;
    readonly Cmd?: readonly string[];
    readonly Labels?: Readonly<Record<string, string>>;
  };
}

/** Go's names of architectures, where Node's differ. */
const GO_ARCH: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };

/**
 * Writes the archive, hands its path to `use` and removes it when that is done.
 * @throws EngineError when tar fails
 */
export async function withImageArchive<T>(
  image: ArchivedImage,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const work = mkdtempSync(join(tmpdir(), "secctx-image-"));
  try {
    return await use(await writeArchive(image, work));
  } finally {
    removeTree(work);
  }
}

/** The image of a sandbox container, from its one program. @throws EngineError on an architecture that has none */
export async function withPauseArchive<T>(
  image: Omit<ArchivedImage, "rootfs">,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const program = pauseProgram();
  if (program === undefined) throw new EngineError(`no sandbox image for ${process.arch}`);
  const rootfs = mkdtempSync(join(tmpdir(), "secctx-pause-"));
  try {
    writeFileSync(join(rootfs, "pause"), program, { mode: 0o755 });
    const config = { ...image.config, Cmd: ["/pause"] };
    return await withImageArchive({ ...image, rootfs, config }, use);
  } finally {
    removeTree(rootfs);
  }
}

async function writeArchive(
  { rootfs, name, config }: ArchivedImage,
  work: string,
): Promise<string> {
  const parts = join(work, "parts");
  mkdirSync(parts);
  const layer = join(parts, "layer.tar");
  // Owners by number and extended attributes: file capabilities are among them.
  await tar([
    ...["--create", "--file", layer, "--format=posix", "--sort=name", "--numeric-owner"],
    ...["--xattrs", "--xattrs-include=*", "--pax-option=delete=atime,delete=ctime"],
    ...["--directory", rootfs, "."],
  ]);
  writeFileSync(
    join(parts, "config.json"),
    JSON.stringify({
      architecture: GO_ARCH[process.arch] ?? process.arch,
      os: "linux",
      created: "1970-01-01T00:00:00Z",
      config,
      rootfs: { type: "layers", diff_ids: [`sha256:${await sha256(layer)}`] },
      history: [{ created: "1970-01-01T00:00:00Z", created_by: "secctx" }],
    }),
  );
  writeFileSync(
    join(parts, "manifest.json"),
    JSON.stringify([
      {
        Config: "config.json",
        RepoTags: name === undefined ? null : [name],
        Layers: ["layer.tar"],
      },
    ]),
  );
  const file = join(work, "image.tar");
  const names = ["manifest.json", "config.json", "layer.tar"];
  await tar(["--create", "--file", file, "--directory", parts, ...names]);
  return file;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function tar(words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(needProgram("tar"), words, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new EngineError(`tar failed: ${said.trim()}`));
    });
  });
}
