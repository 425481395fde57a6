// The environment variables that the kubelet makes of Services, where the files hold some with an address.
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";

interface Service {
  readonly name: string;
  readonly namespace: string;
  /** "" where a cluster would give it one, `None` where it shall have none. */
  readonly clusterIP: string;
  readonly isExternalName: boolean;
  readonly ports: readonly ServicePort[];
}
interface ServicePort {
  /** "" where it has none. */
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** What the kubelet calls a master service: every pod hears of it. */
const MASTER = { namespace: "default", name: "kubernetes" } as const;

/**
 * Name → value, in the order of the files: the Services of the pod's namespace unless it says no, and the API server's own.
 * @param pod with its namespace
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go getServiceEnvVarMap
 */
export function serviceEnvironment(
  pod: Pod,
  objects: readonly JsonObject[],
): ReadonlyMap<string, string> {
  return new Map(heardOf(pod, objects).filter(hasAddress).flatMap(fromService));
}

/** Names of the Services whose variables a pod in a cluster would have, and has not here. */
export function servicesWithoutAddress(pod: Pod, objects: readonly JsonObject[]): string[] {
  return heardOf(pod, objects)
    .filter(({ clusterIP, isExternalName }) => clusterIP === "" && !isExternalName)
    .map(({ name }) => name);
}

function heardOf({ metadata, spec }: Pod, objects: readonly JsonObject[]): Service[] {
  const own = metadata?.namespace ?? "default";
  const hasLinks = spec["enableServiceLinks"] !== false;
  const byName = new Map<string, Service>();
  for (const service of objects.flatMap((object) => serviceOf(object, own))) {
    const { name, namespace } = service;
    const isMaster = namespace === MASTER.namespace && name === MASTER.name;
    // What is applied last stands.
    if (isMaster || (namespace === own && hasLinks)) byName.set(name, service);
  }
  return [...byName.values()];
}

/** One without a namespace was meant for the pod's. */
function serviceOf(object: JsonObject, own: string): Service[] {
  const { kind, metadata, spec } = object;
  if (kind !== "Service" || !isJsonObject(metadata) || !isJsonObject(spec)) return [];
  const ports = Array.isArray(spec["ports"]) ? spec["ports"].filter(isJsonObject) : [];
  return [
    {
      name: textOf(metadata["name"]),
      namespace: textOf(metadata["namespace"]) || own,
      clusterIP: textOf(spec["clusterIP"]),
      isExternalName: spec["type"] === "ExternalName",
      ports: ports.map((port) => ({
        name: textOf(port["name"]),
        port: Number(port["port"]),
        protocol: textOf(port["protocol"]) || "TCP",
      })),
    },
  ];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** @see kubernetes v1.37.2 pkg/apis/core/v1/helper/helpers.go IsServiceIPSet */
function hasAddress({ clusterIP }: Service): boolean {
  return clusterIP !== "" && clusterIP !== "None";
}

type Variable = [name: string, value: string];

/** @see kubernetes v1.37.2 pkg/kubelet/envvars/envvars.go FromServices */
function fromService(service: Service): Variable[] {
  const { name, clusterIP, ports } = service;
  const [first] = ports;
  if (first === undefined) return [];
  const prefix = makeEnvVariableName(name);
  const named = ports.filter((port) => port.name !== "");
  return [
    [`${prefix}_SERVICE_HOST`, clusterIP],
    [`${prefix}_SERVICE_PORT`, String(first.port)],
    ...named.map((port): Variable => {
      return [`${prefix}_SERVICE_PORT_${makeEnvVariableName(port.name)}`, String(port.port)];
    }),
    ...makeLinkVariables(prefix, service),
  ];
}

/** @see kubernetes v1.37.2 pkg/kubelet/envvars/envvars.go makeLinkVariables */
function makeLinkVariables(prefix: string, { clusterIP, ports }: Service): Variable[] {
  const host = clusterIP.includes(":") ? `[${clusterIP}]` : clusterIP;
  return ports.flatMap(({ port, protocol }, index): Variable[] => {
    const url = `${protocol.toLowerCase()}://${host}:${port}`;
    const own = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
    return [
      ...(index === 0 ? [[`${prefix}_PORT`, url] satisfies Variable] : []),
      [own, url],
      [`${own}_PROTO`, protocol.toLowerCase()],
      [`${own}_PORT`, String(port)],
      [`${own}_ADDR`, clusterIP],
    ];
  });
}

function makeEnvVariableName(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}
