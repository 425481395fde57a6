// Which pod of the files is the one to run, with what the API server would have given it.
import { readFileSync } from "node:fs";
import type { PodDocument } from "../core/manifest/manifest.ts";
import { isJsonObject } from "../core/model/json.ts";
import { skippedText } from "../report/restText.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import type { Manifests } from "./manifests.ts";

/** @throws UsageError unless exactly one pod is meant */
export function choosePod({ pods, skipped }: Manifests, options: OptionValues): PodDocument {
  const wanted = options["pod"];
  const found =
    typeof wanted === "string" ? pods.filter(({ workload }) => workload.name === wanted) : pods;
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const names = pods.map(({ workload }) => workload.name).join(", ");
  if (pods.length === 0) {
    const left = skippedText(skipped);
    throw new UsageError(`there is no pod to run${left === "" ? "" : ` (${left})`}`);
  }
  throw new UsageError(
    typeof wanted === "string"
      ? `--pod ${wanted}: the files hold ${names}`
      : `the files hold several pods: choose one with --pod: ${names}`,
  );
}

/** How many pods a workload asks for, where that is told. */
const COUNTS: Readonly<Record<string, string>> = {
  ...{ Deployment: "replicas", ReplicaSet: "replicas", StatefulSet: "replicas" },
  ...{ ReplicationController: "replicas", Job: "parallelism" },
};

/** What is said of a workload that is more than one pod; "" of others. */
export function oneOfReplicas({ object, workload: { kind } }: PodDocument): string {
  const field = COUNTS[kind];
  const spec = isJsonObject(object["spec"]) ? object["spec"] : {};
  const count = field === undefined ? 1 : spec[field];
  if (typeof count !== "number" || count < 2) return "";
  return `one of ${count} pods is run (${kind}, ${field}: ${count})`;
}

/** What the API server would have given it. The kernel's is at hand: Node's takes milliseconds to load. */
export function withUid(document: PodDocument): PodDocument {
  const { pod } = document;
  const uid = pod.metadata?.uid ?? randomUuid();
  const metadata = { ...pod.metadata, ...generatedName(document), uid };
  return { ...document, pod: { ...pod, metadata } };
}

const CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";
const DRAWN = 5;
const LONGEST_BASE = 63 - DRAWN;

/**
 * Of an object that leaves the end of its name to the API server.
 * @see apiserver v0.37.2 pkg/storage/names/generate.go simpleNameGenerator.GenerateName
 */
function generatedName({ object, pod }: PodDocument): { readonly name?: string } {
  const metadata = isJsonObject(object["metadata"]) ? object["metadata"] : {};
  const base = metadata["generateName"];
  if (pod.metadata?.name !== undefined || typeof base !== "string" || base === "") return {};
  if (typeof metadata["name"] === "string" && metadata["name"] !== "") return {};
  const bytes = Buffer.from(randomUuid().replaceAll("-", ""), "hex").subarray(0, DRAWN);
  const drawn = [...bytes].map((byte) => CHARACTERS[byte % CHARACTERS.length]).join("");
  return { name: base.slice(0, LONGEST_BASE) + drawn };
}

export function randomUuid(): string {
  return readFileSync("/proc/sys/kernel/random/uuid", "utf8").trim();
}
