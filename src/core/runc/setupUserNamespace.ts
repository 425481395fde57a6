// runc's demand on the mappings of a user namespace: the container's root must be one of its ids.
// @see runc v1.3.6 libcontainer/specconv/spec_linux.go setupUserNamespace; libcontainer/configs/config_linux.go HostUID
import type { OciIDMapping } from "../model/oci.ts";
import { atRelease, type ReleasedRows } from "../model/version.ts";
import { hasUserNamespace } from "../rules/hostCapabilities.ts";
import { toHostId } from "../rules/idMap.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

interface Texts {
  readonly noMappings: (kind: "uid" | "gid") => string;
  readonly rootUnmapped: (kind: "uid" | "gid") => string;
}
const TEXTS: ReleasedRows<Texts> = [
  {
    since: "1.0",
    value: {
      noMappings: (kind) => `User namespaces enabled, but no ${kind} mappings found.`,
      rootUnmapped: (kind) =>
        `User namespaces enabled, but no ${kind === "uid" ? "user" : "group"} mapping found.`,
    },
  },
  {
    since: "1.2",
    value: {
      noMappings: (kind) => `user namespaces enabled, but no ${kind} mappings found`,
      rootUnmapped: (kind) => `user namespaces enabled, but no mapping found for ${kind} 0`,
    },
  },
];

/** A namespace that is joined brings its own mappings: they count as the spec's, which runc demands to be the same. */
export function setupUserNamespace({ spec, world }: StepInput): Refusal | undefined {
  if (!hasUserNamespace(spec)) return undefined;
  const texts = atRelease(TEXTS, world.runtime.ociRuntime.version);
  if (texts === undefined) return undefined;
  const joined = (spec.linux?.namespaces?.find(({ type }) => type === "user")?.path ?? "") !== "";
  for (const kind of ["uid", "gid"] as const) {
    const key = `${kind}Mappings` as const;
    const mappings: readonly OciIDMapping[] = spec.linux?.[key] ?? [];
    if (mappings.length === 0 && joined) continue;
    if (mappings.length === 0) return refuse(texts.noMappings(kind), "linux", key);
    if (toHostId(0, mappings) === undefined) return refuse(texts.rootUnmapped(kind), "linux", key);
  }
  return undefined;
}
