// The messages of RunPodSandbox and CreateContainer as JSON: the kubelet's documents, and what else a pod needs.
// @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go generatePodSandboxConfig
import type { CriMount } from "../../core/model/cri.ts";
import type { JsonObject, JsonValue } from "../../core/model/json.ts";
import type { ContainerRequest, SandboxRequest } from "../engine.ts";

/** Label of all that secctx makes: the pod's id, which tells its owner. */
export const POD_LABEL = "secctx.pod";

/** Kubernetes namespace of the pod in the runtime's lists. */
const NAMESPACE = "secctx";

export function sandboxConfig(request: SandboxRequest, logs: string): JsonObject {
  const { id, hostname, dns, cri } = request;
  return {
    metadata: { name: id, uid: id, namespace: NAMESPACE, attempt: 0 },
    // A sandbox in the host's network has the host's name, which nobody may set there.
    ...(isOnHostNetwork(cri) ? {} : { hostname }),
    log_directory: logs,
    dns_config: dnsConfig(dns.resolvConf),
    labels: { [POD_LABEL]: id },
    linux: cri as JsonValue,
  };
}

function isOnHostNetwork({ security_context: context }: SandboxRequest["cri"]): boolean {
  return context?.namespace_options?.network === "NODE";
}

/** @param hosts path of the pod's hosts file on this machine */
export function containerConfig(
  request: ContainerRequest,
  { image, hosts, pod }: { readonly image: string; readonly hosts: string; readonly pod: string },
): JsonObject {
  const { args, env, cwd, terminal, stdin, stdinOnce } = request.process;
  const mounts = request.mounts.map(({ subPath: _, ...mount }) => mount);
  const hasHosts = mounts.some(({ container_path }) => container_path === "/etc/hosts");
  return {
    metadata: { name: request.name, attempt: request.attempt },
    image: { image, user_specified_image: request.image.reference },
    // One list: the image's own entry point is in it already.
    command: [...args],
    working_dir: cwd,
    envs: env.map(toKeyValue),
    mounts: [
      ...mounts,
      ...(hasHosts ? [] : [{ container_path: "/etc/hosts", host_path: hosts, ...idsOf(request) }]),
    ] as object as JsonValue,
    labels: { [POD_LABEL]: pod },
    log_path: logPath(request),
    stdin,
    stdin_once: stdinOnce,
    tty: terminal,
    linux: request.cri as JsonValue,
  };
}

/** The document names the container whose processes it joins; the runtime wants its id. */
export function withTarget(
  cri: ContainerRequest["cri"],
  idOf: (name: string) => string | undefined,
): ContainerRequest["cri"] {
  const { security_context: context } = cri;
  const target = context?.namespace_options?.target_id;
  if (context === undefined || target === undefined || target === "") return cri;
  const namespace_options = { ...context.namespace_options, target_id: idOf(target) ?? target };
  return { ...cri, security_context: { ...context, namespace_options } };
}

/** As the pod's other mounts are seen under the ids of its user namespace, so is this one. */
function idsOf({ mounts }: ContainerRequest): Pick<CriMount, "uidMappings" | "gidMappings"> {
  const { uidMappings, gidMappings } = mounts.find((mount) => mount.uidMappings) ?? {};
  return uidMappings && gidMappings ? { uidMappings, gidMappings } : {};
}

/** Below the sandbox's log directory. */
export function logPath({ name, attempt }: ContainerRequest): string {
  return `${name}/${attempt}.log`;
}

function toKeyValue(variable: string): { key: string; value: string } {
  const at = variable.indexOf("=");
  return { key: variable.slice(0, at), value: variable.slice(at + 1) };
}

/** The lines of a resolv.conf. */
function dnsConfig(text: string): { servers: string[]; searches: string[]; options: string[] } {
  const config = { servers: [] as string[], searches: [] as string[], options: [] as string[] };
  for (const line of text.split("\n")) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === "nameserver") config.servers.push(...words.slice(0, 1));
    if (keyword === "search") config.searches = words;
    if (keyword === "options") config.options.push(...words);
  }
  return config;
}
