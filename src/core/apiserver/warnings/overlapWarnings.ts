// Warnings about files of a volume that lie over one another.
// @see kubernetes v1.37.2 pkg/api/pod/warnings.go warningsForOverlappingVirtualPaths
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Volume } from "../../model/pod.ts";
import { goQuote } from "../../rules/goText.ts";
import { objectOf, objectsOf, textOf } from "../validation/members.ts";
import type { Warning } from "../warning.ts";

interface PlacedFile {
  readonly file: string;
  /** Of a projected volume: where it comes from. */
  readonly source: string;
}

const CERTIFICATE = [
  ["certificateChainPath", "chain"],
  ["keyPath", "key"],
  ["credentialBundlePath", "credential bundle"],
] as const;

export function warningsForOverlaps(
  warnings: Warning[],
  volumes: readonly Volume[] | undefined,
): void {
  volumes?.forEach((volume, index) => {
    const { name, configMap, secret, downwardAPI, projected } = volume;
    const say = (text: string): void => {
      warnings.push({
        message: `volume ${goQuote(name)} ${text}`,
        path: ["spec", "volumes", index],
      });
    };
    const check = (what: string, files: readonly PlacedFile[]): void => {
      for (const text of overlapsOf(files)) say(`(${what}): overlapping paths: ${text}`);
    };
    if (isJsonObject(configMap)) {
      check(`ConfigMap ${goQuote(textOf(configMap, "name"))}`, itemsOf(configMap, ""));
    }
    if (isJsonObject(secret)) {
      check(`Secret ${goQuote(textOf(secret, "secretName"))}`, itemsOf(secret, ""));
    }
    if (isJsonObject(downwardAPI)) check("DownwardAPI", itemsOf(downwardAPI, ""));
    if (!isJsonObject(projected)) return;
    const files: PlacedFile[] = [];
    for (const source of objectsOf(projected, "sources")) {
      if (Object.keys(source).length === 0) {
        say("(Projected) has no sources provided");
        continue;
      }
      for (const file of filesOf(source)) {
        for (const text of overlapsWith(files, file)) {
          say(`(Projected): overlapping paths: ${text}`);
        }
        files.push(trimmed(file));
      }
    }
  });
}

/** Of a projected source that has several the first alone counts. */
function filesOf(source: JsonObject): PlacedFile[] {
  const configMap = objectOf(source, "configMap");
  const secret = objectOf(source, "secret");
  const downwardApi = objectOf(source, "downwardAPI");
  const token = objectOf(source, "serviceAccountToken");
  const bundle = objectOf(source, "clusterTrustBundle");
  const certificate = objectOf(source, "podCertificate") ?? {};
  if (configMap?.["items"] !== undefined) {
    return itemsOf(configMap, `ConfigMap ${goQuote(textOf(configMap, "name"))}`);
  }
  if (secret?.["items"] !== undefined) {
    return itemsOf(secret, `Secret ${goQuote(textOf(secret, "name"))}`);
  }
  if (downwardApi?.["items"] !== undefined) return itemsOf(downwardApi, "DownwardAPI");
  if (token !== undefined) return [{ file: textOf(token, "path"), source: "ServiceAccountToken" }];
  if (bundle !== undefined) {
    const { name, signerName } = bundle;
    const called = goQuote(String(name ?? signerName ?? ""));
    return [{ file: textOf(bundle, "path"), source: `ClusterTrustBundle ${called}` }];
  }
  return CERTIFICATE.flatMap(([field, what]) => {
    const file = textOf(certificate, field);
    return file === "" ? [] : [{ file, source: `PodCertificate ${what}` }];
  });
}

function itemsOf(owner: JsonObject, source: string): PlacedFile[] {
  return objectsOf(owner, "items").map((item) => ({ file: textOf(item, "path"), source }));
}

function overlapsOf(files: readonly PlacedFile[]): string[] {
  return files.flatMap((file, index) => overlapsWith(files.slice(0, index).map(trimmed), file));
}

function trimmed({ file, source }: PlacedFile): PlacedFile {
  return { file: file.replace(/\/+$/, ""), source };
}

function overlapsWith(others: readonly PlacedFile[], placed: PlacedFile): string[] {
  const own = trimmed(placed);
  if (own.file === "") return [];
  return others
    .filter(({ file }) => file !== "" && (isUnder(file, own.file) || isUnder(own.file, file)))
    .map((other) => `${shown(own)} with ${shown(other)}`);
}

function isUnder(file: string, folder: string): boolean {
  return `${file}/`.startsWith(`${folder}/`);
}

function shown({ file, source }: PlacedFile): string {
  return source === "" ? goQuote(file) : `${goQuote(file)} (${source})`;
}
