// A layer as its tar stream, whatever it was compressed with: told by its first bytes, as containerd tells it.
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { findProgram, needProgram } from "../node/programs.ts";
import { ImageError } from "./image.ts";

type Chunks = AsyncIterable<Buffer>;

const MAGICS: readonly { readonly bytes: string; readonly name: string }[] = [
  { bytes: "1f8b08", name: "gzip" },
  { bytes: "28b52ffd", name: "zstd" },
  { bytes: "fd377a585a00", name: "xz" },
  { bytes: "425a68", name: "bzip2" },
];

/**
 * The decompressed stream of `compressed`.
 * @throws ImageError for a broken stream or a compression that images do not use; EngineError when zstd is not installed
 */
export async function* decompressed(compressed: Chunks): Chunks {
  const source = compressed[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const all = withFirst(first.value, source);
  const compression = compressionOf(first.value);
  switch (compression) {
    case undefined:
      yield* all;
      return;
    case "gzip":
      yield* gunzip(all);
      return;
    case "zstd":
      yield* unzstd(all);
      return;
    default:
      throw new ImageError(`unsupported layer compression ${compression}`);
  }
}

/** Do the first bytes tell a compression? */
export async function isCompressed(bytes: Chunks): Promise<boolean> {
  for await (const chunk of bytes) return compressionOf(chunk) !== undefined;
  return false;
}

function compressionOf(first: Buffer): string | undefined {
  return MAGICS.find(({ bytes }) => first.subarray(0, bytes.length / 2).toString("hex") === bytes)
    ?.name;
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): Chunks {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

async function* gunzip(compressed: Chunks): Chunks {
  const input = Readable.from(compressed, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  input.on("error", (error) => gunzip.destroy(error));
  input.pipe(gunzip);
  try {
    yield* gunzip;
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

/** Node 20 has no zstd of its own. The helper ends when secctx ends, even by `kill -9`. */
async function* unzstd(compressed: Chunks): Chunks {
  const zstd = needProgram("zstd");
  const setpriv = findProgram("setpriv");
  const [program = zstd, ...args] = [
    ...(setpriv === undefined ? [] : [setpriv, "--pdeathsig", "KILL"]),
    ...[zstd, "-dc", "--no-check", "--memory=128MB"],
  ];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(0, 500);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
    child.on("error", () => resolve(null));
  });
  const input = Readable.from(compressed, { objectMode: false });
  input.on("error", () => child.kill("SIGKILL"));
  child.stdin.on("error", () => input.destroy());
  input.pipe(child.stdin);
  try {
    yield* child.stdout;
    if ((await ended) !== 0) throw new ImageError(`zstd: ${said.trim()}`);
  } finally {
    input.destroy();
    child.kill("SIGKILL");
  }
}
