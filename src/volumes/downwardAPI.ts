// What a pod tells its containers of itself in files: metadata fields and resources.
import { statfsSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname } from "node:path";
import type { JsonObject } from "../core/model/json.ts";
import { type Container, containersOf, type Pod } from "../core/model/pod.ts";
import { compareGoStrings, goQuote } from "../core/rules/goText.ts";
import { divideUp, milliUnits, parseQuantity, wholeUnits } from "../core/rules/quantity.ts";
import { VolumeError } from "./failure.ts";
import { asText } from "./objects.ts";

/** What containers without a limit may use: `cpu`, `memory`, `ephemeral-storage` → quantity. */
export type Allocatable = Readonly<Record<string, string>>;

/** Of the node's memory and of its disk a kubelet keeps so much back. @see kubernetes v1.37.2 pkg/kubelet/eviction/defaults_linux.go DefaultEvictionHard */
const KEPT_MEMORY = 100 * 2 ** 20;
const KEPT_DISK = 0.1;

/** Of this machine, with a kubelet's default settings. */
export function hostAllocatable(kubeletRoot: string): Allocatable {
  return {
    // Nobody asks for all of them, and Linux takes its time over the processors.
    get cpu() {
      return String(cpus().length);
    },
    get memory() {
      return String(totalmem() - KEPT_MEMORY);
    },
    get "ephemeral-storage"() {
      const disk = diskSize(kubeletRoot);
      return String(disk - Math.floor(disk * KEPT_DISK));
    },
  };
}

/** Of the file system where the folder lies, or would. */
function diskSize(folder: string): number {
  try {
    const { bsize, blocks } = statfsSync(folder);
    return bsize * blocks;
  } catch {
    return folder === dirname(folder) ? 0 : diskSize(dirname(folder));
  }
}

/**
 * @throws VolumeError for a field that files cannot tell
 * @see kubernetes v1.37.2 pkg/fieldpath/fieldpath.go ExtractFieldPathAsString
 */
export function extractFieldPathAsString(pod: Pod, fieldPath: string): string {
  const { labels = {}, annotations = {}, name = "", namespace = "", uid = "" } = pod.metadata ?? {};
  const [, path, subscript = ""] = /^([^[]+)\['(.*)'\]$/s.exec(fieldPath) ?? [];
  if (path !== undefined) {
    if (path === "metadata.annotations") return own(annotations, subscript);
    if (path === "metadata.labels") return own(labels, subscript);
    throw new VolumeError(`fieldPath ${goQuote(fieldPath)} does not support subscript`);
  }
  switch (fieldPath) {
    case "metadata.annotations":
      return formatMap(annotations);
    case "metadata.labels":
      return formatMap(labels);
    case "metadata.name":
      return name;
    case "metadata.namespace":
      return namespace;
    case "metadata.uid":
      return uid;
    default:
      throw new VolumeError(`unsupported fieldPath: ${fieldPath}`);
  }
}

/** @see kubernetes v1.37.2 pkg/fieldpath/fieldpath.go FormatMap */
function formatMap(map: Readonly<Record<string, string>>): string {
  return Object.keys(map)
    .sort(compareGoStrings)
    .map((key) => `${key}=${goQuote(map[key] ?? "")}`)
    .join("\n");
}

function own(map: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(map, key) ? (map[key] ?? "") : "";
}

/**
 * `limits.cpu`, `requests.memory` … of a container in units of the divisor, rounded up; where it has no limit, what the
 * node can give.
 * @throws VolumeError
 * @see kubernetes v1.37.2 pkg/api/v1/resource/helpers.go ExtractResourceValueByContainerNameAndNodeAllocatable
 */
export function extractResourceValue(
  selector: JsonObject,
  pod: Pod,
  allocatable: Allocatable,
): string {
  const name = asText(selector["containerName"]);
  const found = containersOf(pod.spec).find(
    ({ kind, container }) => kind !== "ephemeral" && container.name === name,
  );
  if (found === undefined) throw new VolumeError(`container ${name} not found`);
  return containerResourceValue(selector, found.container, allocatable);
}

/** As `extractResourceValue`, for a container at hand: environment variables need no name. */
export function containerResourceValue(
  selector: JsonObject,
  container: Container,
  allocatable: Allocatable,
): string {
  const asked = asText(selector["resource"]);
  const match =
    /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/s.exec(asked) ?? [];
  const [, kind, resource] = match;
  if (kind === undefined || resource === undefined) {
    throw new VolumeError(`unsupported container resource : ${asked}`);
  }
  const told = resourcesOf(container, kind)[resource];
  const isLimitless = told === undefined || parseQuantity(told) === 0n;
  const mayFallBack = kind === "limits" && !resource.startsWith("hugepages-");
  const quantity = mayFallBack && isLimitless ? (allocatable[resource] ?? told) : told;
  const amount = parseQuantity(quantity ?? "0") ?? 0n;
  const divisor = parseQuantity(asText(selector["divisor"]) || "1") || parseQuantity("1") || 1n;
  const units = resource === "cpu" ? milliUnits : wholeUnits;
  return String(divideUp(units(amount), units(divisor)));
}

function resourcesOf(container: Container, kind: string): Readonly<Record<string, string>> {
  const list = container.resources?.[kind] ?? {};
  return Object.fromEntries(
    Object.entries(list as JsonObject).map(([name, value]) => [name, asText(value)]),
  );
}
