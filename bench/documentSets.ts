// The documents that `check` and its peers are measured on: one, a hundred, ten thousand, a thousand files, and real ones.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deployment, deployments } from "./deployments.ts";

const CORPUS = resolve("../shared/corpus/real");

export interface DocumentSet {
  /** As SETS asks for it. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  readonly path: string;
  readonly documents: number;
  readonly rounds: number;
}

/** Written into the folder. */
export function documentSets(folder: string, rounds: number): DocumentSet[] {
  const oneFile = (count: number, own: number): DocumentSet => {
    const path = join(folder, `${count}.yaml`);
    writeFileSync(path, [...deployments(count)].join(""));
    const title = count === 1 ? "one document" : `${count.toLocaleString("en")} in one file`;
    return { name: `${count} in one file`, title, path, documents: count, rounds: own };
  };
  const many = join(folder, "files");
  mkdirSync(many);
  for (let index = 0; index < 1_000; index += 1) {
    writeFileSync(join(many, `${String(index).padStart(4, "0")}.yaml`), deployment(index));
  }
  const files = { name: "1000 files", title: "1,000 files", path: many, documents: 1_000, rounds };
  const real = { name: "real manifests", title: "real manifests", path: CORPUS };
  return [
    oneFile(1, rounds * 5),
    oneFile(100, rounds * 2),
    oneFile(1_000, rounds),
    oneFile(10_000, rounds),
    files,
    ...(existsSync(CORPUS) ? [{ ...real, documents: 1_800, rounds }] : []),
  ];
}
