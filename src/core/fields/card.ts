// The card of a field: where it may stand, how pod and container merge, since when it exists and which rooms act on it.
import type { Int64 } from "../model/json.ts";
import type {
  AppArmorProfile,
  Capabilities,
  SELinuxOptions,
  SeccompProfile,
  Sysctl,
  WindowsSecurityContextOptions,
} from "../model/pod.ts";
import type { KubeMinor } from "../model/version.ts";

/** The value of each field, as the API's JSON holds it. */
export interface FieldTypes {
  readonly seLinuxOptions: SELinuxOptions;
  readonly windowsOptions: WindowsSecurityContextOptions;
  readonly runAsUser: Int64;
  readonly runAsGroup: Int64;
  readonly runAsNonRoot: boolean;
  readonly supplementalGroups: readonly Int64[];
  readonly supplementalGroupsPolicy: string;
  readonly fsGroup: Int64;
  readonly sysctls: readonly Sysctl[];
  readonly fsGroupChangePolicy: string;
  readonly seccompProfile: SeccompProfile;
  readonly appArmorProfile: AppArmorProfile;
  readonly seLinuxChangePolicy: string;
  readonly capabilities: Capabilities;
  readonly privileged: boolean;
  readonly readOnlyRootFilesystem: boolean;
  readonly allowPrivilegeEscalation: boolean;
  readonly procMount: string;
  readonly hostNetwork: boolean;
  readonly hostPID: boolean;
  readonly hostIPC: boolean;
  readonly hostUsers: boolean;
  readonly shareProcessNamespace: boolean;
}
export type FieldName = keyof FieldTypes;

/** `pod`: spec.securityContext; `container`: a container's securityContext; `podSpec`: spec itself. */
export type Level = "pod" | "container" | "podSpec";

/**
 * How the kubelet joins the levels. `containerWins`: the container's value replaces the pod's as a whole.
 * `bySubfield`: each group of subfields by itself. The other two stand at one level only.
 */
export type Merge = "containerWins" | "bySubfield" | "podOnly" | "containerOnly";

/** The JSON form of a value: `enum` is a string out of `values`, `object` has `subfields`. */
export type FieldType = "boolean" | "int64" | "enum" | "object" | "int64 list" | "object list";

/** Data only: what a field does is in its rooms. */
export interface FieldCard<Name extends FieldName = FieldName> {
  readonly name: Name;
  readonly at: readonly Level[];
  readonly merge: Merge;
  readonly type: FieldType;
  /** Of an enum, as the API accepts them; of an object, those of its `type` key. */
  readonly values?: readonly string[];
  readonly subfields?: readonly string[];
  /** With `bySubfield`: the subfields that travel together; a group is the container's when it sets one of them. */
  readonly groups?: readonly (readonly string[])[];
  /** First minor whose API has the field, behind a gate or not. */
  readonly since: KubeMinor;
  /** One sentence for people. */
  readonly summary: string;
  /** Files under src/core, without `.ts`, in the order of the walk. */
  readonly rooms: readonly string[];
}
