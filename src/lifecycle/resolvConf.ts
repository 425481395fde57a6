// The resolv.conf of a pod: the node's, unless its dnsPolicy is None, and what its dnsConfig adds.
import { isJsonObject, type JsonObject, type JsonValue } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go MaxDNSNameservers, MaxDNSSearchPaths */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

/**
 * A node without a cluster's DNS serves `ClusterFirst` as `Default`.
 * @param host text of the node's
 * @see kubernetes v1.37.2 pkg/kubelet/network/dns/dns.go GetPodDNS
 */
export function resolvConf({ spec }: Pod, host: string): string {
  const isNone = spec["dnsPolicy"] === "None";
  const added = spec["dnsConfig"];
  if (!isNone && !isJsonObject(added)) return host;
  const config = isJsonObject(added) ? added : {};
  const node = isNone ? [] : host.split("\n").map((line) => line.trim().split(/\s+/));
  const wordsOf = (keyword: string): string[][] =>
    node.filter(([first]) => first === keyword).map(([, ...words]) => words);
  return text({
    servers: unique([...wordsOf("nameserver").flatMap(first), ...strings(config["nameservers"])]),
    searches: unique([...(wordsOf("search").at(-1) ?? []), ...strings(config["searches"])]),
    options: mergeOptions(wordsOf("options").flat(), config["options"]),
  });
}

/** @see containerd v2.1.4 internal/cri/server/podsandbox/sandbox_run_linux.go parseDNSOptions */
function text({ servers, searches, options }: Readonly<Record<string, string[]>>): string {
  const lines: string[] = [];
  if (searches?.length) lines.push(`search ${searches.slice(0, MAX_SEARCHES).join(" ")}`);
  for (const server of servers?.slice(0, MAX_NAMESERVERS) ?? []) lines.push(`nameserver ${server}`);
  if (options?.length) lines.push(`options ${options.join(" ")}`);
  return lines.map((line) => `${line}\n`).join("");
}

/** The pod's value of an option takes the place of the node's. */
function mergeOptions(node: readonly string[], added: JsonValue | undefined): string[] {
  const merged = new Map(node.map((option) => [option.split(":")[0] ?? "", option]));
  for (const option of Array.isArray(added) ? (added as readonly JsonObject[]) : []) {
    const name = String(option["name"]);
    const value = option["value"];
    merged.set(name, value === undefined || value === "" ? name : `${name}:${String(value)}`);
  }
  return [...merged.values()];
}

function first(words: readonly string[]): string[] {
  return words.slice(0, 1);
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
