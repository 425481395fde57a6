// Which pod of the files is the one to run, with what the API server would have given it.
import { readFileSync } from "node:fs";
import type { PodDocument } from "../core/manifest/manifest.ts";
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
    throw new UsageError(
      `there is no pod to run${skipped.length > 0 ? " in these documents" : ""}`,
    );
  }
  throw new UsageError(
    typeof wanted === "string"
      ? `--pod ${wanted}: the files hold ${names}`
      : `the files hold several pods: choose one with --pod: ${names}`,
  );
}

/** What the API server would have given it. The kernel's is at hand: Node's takes milliseconds to load. */
export function withUid(document: PodDocument): PodDocument {
  const { pod } = document;
  const uid = pod.metadata?.uid ?? readFileSync("/proc/sys/kernel/random/uuid", "utf8").trim();
  return { ...document, pod: { ...pod, metadata: { ...pod.metadata, uid } } };
}
