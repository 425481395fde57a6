// What a pod is called on its network: its host name, its domain, and its /etc/hosts.
import { hostname as nodeName } from "node:os";
import type { Pod } from "../core/model/pod.ts";
import type { PodEvents } from "./podEvents.ts";
import type { Stopped } from "./refusedByKubelet.ts";

/** As kubeadm sets the kubelet's clusterDomain. */
const CLUSTER_DOMAIN = "cluster.local";

/** Of a name in the kernel, without the NUL at its end; a label may have one less. */
const LONGEST_FQDN = 64;
const LONGEST_LABEL = 63;

interface Names {
  readonly hostname: string;
  /** "": the pod has none. */
  readonly domain: string;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go GeneratePodHostNameAndDomain */
function namesOf({ metadata, spec }: Pod): Names {
  const { name = "", namespace = "default" } = metadata ?? {};
  const override = textOf(spec["hostnameOverride"]);
  if (override !== "") return { hostname: truncated(override), domain: "" };
  const subdomain = textOf(spec["subdomain"]);
  return {
    hostname: truncated(textOf(spec.hostname) || name),
    domain: subdomain === "" ? "" : `${subdomain}.${namespace}.svc.${CLUSTER_DOMAIN}`,
  };
}

/**
 * What the kernel is told.
 * @see kubernetes v1.37.2 pkg/kubelet/util/util.go GetNodenameForKernel
 */
export function podHostname(pod: Pod): string {
  if (pod.spec.hostNetwork === true) return nodeName();
  return fqdnAsHostname(pod) ?? namesOf(pod).hostname;
}

/** With setHostnameAsFQDN, where there is a domain. */
function fqdnAsHostname(pod: Pod): string | undefined {
  const { hostname, domain } = namesOf(pod);
  const isAsked = pod.spec["setHostnameAsFQDN"] === true && pod.spec.hostNetwork !== true;
  return isAsked && domain !== "" ? `${hostname}.${domain}` : undefined;
}

/**
 * Of a pod whose whole name is longer than the kernel takes.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod
 */
export function refusedHostname(pod: Pod, events: Pick<PodEvents, "add">): Stopped | undefined {
  const fqdn = fqdnAsHostname(pod) ?? "";
  if (fqdn.length <= LONGEST_FQDN) return undefined;
  const message = `failed to construct FQDN from pod hostname and cluster domain, FQDN ${fqdn} is too long (${LONGEST_FQDN} characters is the max, ${fqdn.length} characters requested)`;
  const reason = "FailedCreatePodSandBox";
  events.add({ type: "Warning", reason, message: `Failed to create pod sandbox: ${message}` });
  return { phase: "Pending", reason, message };
}

/**
 * @param address of the pod
 * @param node text of the node's /etc/hosts
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go managedHostsFileContent, nodeHostsFileContent
 */
export function hostsFile(pod: Pod, address: string, node: string): string {
  const aliases = hostAliases(pod.spec["hostAliases"]);
  if (pod.spec.hostNetwork === true) {
    return `# Kubernetes-managed hosts file (host network).\n${node}${aliases}`;
  }
  const { hostname, domain } = namesOf(pod);
  const names = domain === "" ? hostname : `${hostname}.${domain}\t${hostname}`;
  const lines = [
    "# Kubernetes-managed hosts file.",
    "127.0.0.1\tlocalhost",
    "::1\tlocalhost ip6-localhost ip6-loopback",
    "fe00::0\tip6-localnet",
    "fe00::0\tip6-mcastprefix",
    "fe00::1\tip6-allnodes",
    "fe00::2\tip6-allrouters",
    `${address}\t${names}`,
  ];
  return `${lines.join("\n")}\n${aliases}`;
}

interface HostAlias {
  readonly ip: string;
  readonly hostnames?: readonly string[];
}

function hostAliases(value: unknown): string {
  const aliases = (Array.isArray(value) ? value : []) as unknown as readonly HostAlias[];
  const lines = aliases.map(({ ip, hostnames = [] }) => `${ip}\t${hostnames.join("\t")}\n`);
  return lines.length === 0 ? "" : `\n# Entries added by HostAliases.\n${lines.join("")}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go truncatePodHostnameIfNeeded */
function truncated(name: string): string {
  return name.length <= LONGEST_LABEL ? name : name.slice(0, LONGEST_LABEL).replace(/[-.]+$/, "");
}
