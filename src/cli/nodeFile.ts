// Reads what --node names: a Node object, a KubeletConfiguration, or both in one file; they tell the node part of the world.
import { isJsonObject, type JsonObject, type JsonValue } from "../core/model/json.ts";
import type { Release } from "../core/model/version.ts";
import type {
  NodeFacts,
  NodeOs,
  RuntimeFeatures,
  RuntimeName,
  WorldFile,
} from "../core/model/world.ts";
import { strictDecoding } from "../core/rules/strictKubeletConfiguration.ts";
import { UsageError } from "./errors.ts";
import { readYamlDocuments } from "./yamlFile.ts";

/**
 * What the objects of `path` tell of the world.
 * @throws UsageError when the file holds neither a Node nor a KubeletConfiguration
 */
export function worldOfNodeFile(path: string): WorldFile {
  const documents = readYamlDocuments(path).filter(isJsonObject);
  const node = documents.find((document) => document["kind"] === "Node");
  const kubelet = documents.find((document) => document["kind"] === "KubeletConfiguration");
  if (node === undefined && kubelet === undefined) {
    throw new UsageError(`${path} holds neither a Node nor a KubeletConfiguration`);
  }
  if (kubelet !== undefined) sayStrictDecoding(path, kubelet);
  const fromNode = node === undefined ? {} : worldOfNode(node);
  const fromKubelet = kubelet === undefined ? {} : worldOfKubelet(kubelet);
  return { ...fromNode, ...fromKubelet, node: { ...fromNode.node, ...fromKubelet.node } };
}

/** The file is read for each version of a range. */
const told = new Set<string>();

/** On standard error, once. */
function sayStrictDecoding(path: string, kubelet: JsonObject): void {
  const said = strictDecoding(kubelet);
  if (said === undefined || told.has(path)) return;
  told.add(path);
  const text = [said.message, ...said.hints].join("; ");
  console.error(`secctx: ${path}: ${text} (the kubelet logs it, and reads on without)`);
}

function worldOfNode(node: JsonObject): WorldFile {
  const status = object(node["status"]);
  const info = object(status["nodeInfo"]);
  const os = systemOf(info["operatingSystem"]);
  // Of Windows, the version is no Linux kernel's.
  const kernel = os === "windows" ? undefined : majorMinor(info["kernelVersion"]);
  const runtime = /^(containerd|docker):\/\/v?(\d+\.\d+)/.exec(
    String(info["containerRuntimeVersion"]),
  );
  const kubernetes = /^v?(1\.\d+)/.exec(String(info["kubeletVersion"]));
  const features = featuresOf(status);
  return {
    ...(kubernetes === null
      ? {}
      : { kubernetes: `v${kubernetes[1]}` as NonNullable<WorldFile["kubernetes"]> }),
    node: { ...(os === undefined ? {} : { os }), ...(kernel === undefined ? {} : { kernel }) },
    ...(runtime === null
      ? {}
      : {
          runtime: {
            name: runtime[1] as RuntimeName,
            version: runtime[2] as Release,
            ...(features === undefined ? {} : { features }),
          },
        }),
  };
}

/** `status.runtimeHandlers` (the default handler is the one without name) and `status.features`. */
function featuresOf(status: JsonObject): RuntimeFeatures | undefined {
  const handlers = status["runtimeHandlers"];
  if (!Array.isArray(handlers) && !isJsonObject(status["features"])) return undefined;
  const list = (Array.isArray(handlers) ? handlers : []).map(object);
  const features = object(list.find((handler) => (handler["name"] ?? "") === "")?.["features"]);
  const pod = object(status["features"]);
  return {
    userns: features["userNamespaces"] === true,
    usernsHostNetwork: pod["userNamespacesHostNetwork"] === true,
    supplementalGroupsPolicy: pod["supplementalGroupsPolicy"] === true,
    recursiveReadOnlyMounts: features["recursiveReadOnlyMounts"] === true,
  };
}

function worldOfKubelet(kubelet: JsonObject): WorldFile {
  const node: { -readonly [K in keyof NodeFacts]?: NodeFacts[K] } = {};
  if (typeof kubelet["seccompDefault"] === "boolean")
    node.seccompDefault = kubelet["seccompDefault"];
  const unsafe = kubelet["allowedUnsafeSysctls"];
  if (Array.isArray(unsafe)) node.allowedUnsafeSysctls = unsafe.map(String);
  if (isJsonObject(kubelet["defaultPodSysctls"])) {
    node.defaultPodSysctls = Object.fromEntries(
      Object.entries(kubelet["defaultPodSysctls"]).map(([name, value]) => [name, String(value)]),
    );
  }
  const gates = Object.entries(object(kubelet["featureGates"])).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
  );
  return { node, ...(gates.length > 0 ? { featureGates: Object.fromEntries(gates) } : {}) };
}

function object(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function systemOf(value: JsonValue | undefined): NodeOs | undefined {
  return value === "linux" || value === "windows" ? value : undefined;
}

function majorMinor(value: JsonValue | undefined): Release | undefined {
  const match = /^v?(\d+\.\d+)/.exec(String(value));
  return match === null ? undefined : (match[1] as Release);
}
