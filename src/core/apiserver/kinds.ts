// The nine kinds that hold a pod: where the API server serves them and where their pod template stands.

export interface WorkloadKind {
  readonly kind: string;
  /** "" for the core group. */
  readonly group: string;
  readonly apiVersion: string;
  /** Go type in the schema. */
  readonly type: string;
  /** Steps from the object to what has the pod's metadata and spec; none for a Pod. */
  readonly templatePath: readonly string[];
}

const SPEC_TEMPLATE = ["spec", "template"] as const;

const KINDS: readonly WorkloadKind[] = [
  { kind: "Pod", group: "", apiVersion: "v1", type: "core.Pod", templatePath: [] },
  {
    kind: "PodTemplate",
    group: "",
    apiVersion: "v1",
    type: "core.PodTemplate",
    templatePath: ["template"],
  },
  {
    kind: "ReplicationController",
    group: "",
    apiVersion: "v1",
    type: "core.ReplicationController",
    templatePath: SPEC_TEMPLATE,
  },
  appsKind("Deployment"),
  appsKind("ReplicaSet"),
  appsKind("StatefulSet"),
  appsKind("DaemonSet"),
  {
    kind: "Job",
    group: "batch",
    apiVersion: "batch/v1",
    type: "batch.Job",
    templatePath: SPEC_TEMPLATE,
  },
  {
    kind: "CronJob",
    group: "batch",
    apiVersion: "batch/v1",
    type: "batch.CronJob",
    templatePath: ["spec", "jobTemplate", ...SPEC_TEMPLATE],
  },
];

const BY_NAME: ReadonlyMap<string, WorkloadKind> = new Map(KINDS.map((row) => [row.kind, row]));

export function workloadKind(kind: string): WorkloadKind | undefined {
  return BY_NAME.get(kind);
}

function appsKind(kind: string): WorkloadKind {
  return {
    kind,
    group: "apps",
    apiVersion: "apps/v1",
    type: `apps.${kind}`,
    templatePath: SPEC_TEMPLATE,
  };
}
