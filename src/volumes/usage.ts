// What a volume takes on its disk, as the kubelet counts it: blocks, each file once, on one file system, no symlink followed.
//
// @see kubernetes v1.37.2 pkg/volume/util/fs/fs.go DiskUsage
import type { BigIntStats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";

const BLOCK = 512n;

/** Bytes; what vanishes meanwhile counts nothing. */
export async function diskUsage(folder: string): Promise<bigint> {
  const top = await look(folder);
  if (top === undefined) return 0n;
  const seen = new Set<bigint>();
  let blocks = 0n;
  const waiting = [Buffer.from(folder)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const stat = await look(at);
    if (stat === undefined || stat.dev !== top.dev) continue;
    if (stat.nlink > 1n && !stat.isDirectory()) {
      if (seen.has(stat.ino)) continue;
      seen.add(stat.ino);
    }
    blocks += stat.blocks;
    if (!stat.isDirectory()) continue;
    // Names need not be UTF-8.
    const names = await readdir(at, { encoding: "buffer" }).catch(() => []);
    for (const name of names) waiting.push(Buffer.concat([at, Buffer.from("/"), name]));
  }
  return blocks * BLOCK;
}

async function look(path: string | Buffer): Promise<BigIntStats | undefined> {
  return await lstat(path, { bigint: true }).catch(() => undefined);
}
