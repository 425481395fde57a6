// `--network` and `--publish`: which network the pod gets here, and which of its ports this machine has.
import { isIPv4, isIPv6 } from "node:net";
import type { PodDocument } from "../core/manifest/manifest.ts";
import type { FieldPath } from "../core/model/finding.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import { containersOf, type Pod } from "../core/model/pod.ts";
import type { EngineName } from "../engines/engines.ts";
import type { PublishedPort, UserNetwork } from "../engines/userNetwork.ts";
import { defaultRoute } from "../node/defaultRoute.ts";
import { EngineError } from "../node/errors.ts";
import { needProgram } from "../node/programs.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";

export const NETWORKS = ["none", "pasta", "host"] as const;

export interface AskedNetwork {
  readonly name: (typeof NETWORKS)[number];
  readonly published: readonly PublishedPort[];
}

/** A port to publish asks for the network that can. @throws UsageError */
export function askedNetwork(options: OptionValues): AskedNetwork {
  const told = options["network"];
  const words = Array.isArray(options["publish"]) ? (options["publish"] as string[]) : [];
  const published = words.map(publishedPort);
  const name = NETWORKS.find((one) => one === told) ?? (words.length > 0 ? "pasta" : "none");
  if (words.length > 0 && name !== "pasta") {
    throw new UsageError(`--publish needs --network pasta, not ${name}`);
  }
  const engine = String(options["engine"]) as EngineName;
  if (engine !== "oci" && name !== "host" && (told !== undefined || words.length > 0)) {
    throw new UsageError(
      `--network ${name}: engine ${engine} makes the pod's network itself; use --engine oci`,
    );
  }
  return { name, published };
}

/** `--network host` is what `hostNetwork: true` is, at every stage. @throws UsageError */
export function onNetwork(document: PodDocument, { name }: AskedNetwork): PodDocument {
  const { pod } = document;
  if (name === "pasta" && pod.spec.hostNetwork === true) {
    throw new UsageError(
      "--network pasta: the pod asks for the host's network (hostNetwork: true)",
    );
  }
  if (name !== "host") return document;
  const shared = { ...pod, spec: { ...pod.spec, hostNetwork: true } };
  const object = withHostNetwork(document.object, document.workload.podPath);
  return { ...document, pod: shared, object };
}

/** @param path leads to the pod, or to the template that it is made from */
function withHostNetwork(object: JsonObject, path: FieldPath): JsonObject {
  const [step, ...rest] = path;
  if (step !== undefined) {
    const inner = object[String(step)];
    return isJsonObject(inner) ? { ...object, [step]: withHostNetwork(inner, rest) } : object;
  }
  const spec = object["spec"];
  return isJsonObject(spec) ? { ...object, spec: { ...spec, hostNetwork: true } } : object;
}

/**
 * The hostPorts of the pod are published as a node does; one of `--publish` takes the place of that at the same port here.
 * @throws EngineError when this machine has no such network
 */
export function userNetwork(pod: Pod, { name, published }: AskedNetwork): UserNetwork | undefined {
  if (name !== "pasta") return undefined;
  needProgram("pasta");
  const route = defaultRoute();
  if (route === undefined) {
    throw new EngineError("--network pasta: this machine has no default route to share");
  }
  return { ...route, ports: portsHere(pod, published) };
}

/** What listens on this machine. @throws EngineError for what pasta cannot forward */
export function portsHere(pod: Pod, published: readonly PublishedPort[]): PublishedPort[] {
  const isTold = (port: PublishedPort): boolean => published.some((told) => collide(told, port));
  const own = withHostPort(pod).map(hostPort);
  return [...own.filter((port) => !isTold(port)), ...published];
}

/** Only one of them can listen; an empty address is all of them. */
function collide(a: PublishedPort, b: PublishedPort): boolean {
  if (a.protocol !== b.protocol || a.hostPort !== b.hostPort) return false;
  return a.hostIP === "" || b.hostIP === "" || a.hostIP === b.hostIP;
}

/** A sentence where hostPorts of the pod are not listened to, since the network is `none`. */
export function unheardPorts(pod: Pod, { name }: AskedNetwork): string[] {
  if (name !== "none" || pod.spec.hostNetwork === true) return [];
  const ports = withHostPort(pod).map((port) => Number(port["hostPort"]));
  if (ports.length === 0) return [];
  const [which, verb] = ports.length === 1 ? ["hostPort", "does"] : ["hostPorts", "do"];
  return [
    `${which} ${ports.join(", ")} ${verb} not listen here: the pod has a loopback only (--network none); --network pasta would`,
  ];
}

/** Ports of all containers, as they are written, that ask for one of the node. */
function withHostPort(pod: Pod): JsonObject[] {
  return containersOf(pod.spec).flatMap(({ container }) => {
    const ports = (container["ports"] ?? []) as unknown as readonly JsonObject[];
    return ports.filter((port) => Number(port["hostPort"] ?? 0) > 0);
  });
}

function hostPort(port: JsonObject): PublishedPort {
  const protocol = String(port["protocol"] ?? "TCP").toLowerCase();
  if (protocol !== "tcp" && protocol !== "udp") {
    throw new EngineError(`hostPort ${String(port["hostPort"])}: pasta forwards TCP and UDP only`);
  }
  return {
    protocol,
    hostIP: String(port["hostIP"] ?? ""),
    hostPort: Number(port["hostPort"]),
    containerPort: Number(port["containerPort"]),
  };
}

/** `8080:80`, `127.0.0.1:5300:53/udp`, `[::1]:8080:80`. @throws UsageError */
export function publishedPort(text: string): PublishedPort {
  const match = /^(?:(\d+\.\d+\.\d+\.\d+|\[[^\]]+\]):)?(\d+):(\d+)(?:\/(tcp|udp))?$/.exec(text);
  const [, ip = "", host, inside, protocol = "tcp"] = match ?? [];
  const hostIP = ip.replace(/^\[|\]$/g, "");
  const isAddress = ip === "" || (ip.startsWith("[") ? isIPv6(hostIP) : isIPv4(ip));
  const numbers = [Number(host), Number(inside)];
  if (!isAddress || !numbers.every((port) => port >= 1 && port <= 65535)) {
    throw new UsageError(`--publish ${text}: write [IP:]HOST:CONTAINER[/udp], 8080:80 say`);
  }
  const [outer = 0, containerPort = 0] = numbers;
  return { protocol: protocol === "udp" ? "udp" : "tcp", hostIP, hostPort: outer, containerPort };
}
