// Which fields of an object may be called anything without another verdict: names, labels, image references, and texts that
// no stage looks into. Every other value is a part of what two pods must have in common to be alike.

/** What stands for a value there, as long as it is of the plain form that every stage takes (see standIn.ts). */
export type Free =
  /** A name: the same stand-in wherever the same name is. */
  | "name"
  /** The same; messages tell several of them in their order. */
  | "container"
  /** The value of a label. */
  | "label"
  | "selector"
  /** An image reference, but for a tag that decides how it is pulled. */
  | "image"
  /** A text that nothing is made of: an environment variable's value, an argument, an annotation. */
  | "text"
  /** The id of a user or group, but root's. */
  | "id"
  /** A list of container ports: unprivileged ones, where they are not the node's. */
  | "ports"
  /** A count that is only asked whether it is negative, and whether it is more than one. */
  | "count"
  | "annotations"
  | readonly ["each", Free]
  | FreeFields;

export interface FreeFields {
  readonly [field: string]: Free;
}

const NAMED: FreeFields = { name: "name" };

export const METADATA: FreeFields = {
  name: "name",
  namespace: "name",
  labels: ["each", "label"],
  annotations: "annotations",
};

const KEY_OF: FreeFields = { configMapKeyRef: NAMED, secretKeyRef: NAMED };
const IDS: FreeFields = { runAsUser: "id", runAsGroup: "id" };
const CONTAINER: FreeFields = {
  name: "container",
  image: "image",
  command: ["each", "text"],
  args: ["each", "text"],
  env: ["each", { value: "text", valueFrom: KEY_OF }],
  envFrom: ["each", { configMapRef: NAMED, secretRef: NAMED }],
  ports: "ports",
  volumeMounts: ["each", NAMED],
  volumeDevices: ["each", NAMED],
  securityContext: IDS,
};
const CONTAINERS: Free = ["each", CONTAINER];
const SOURCES: FreeFields = {
  configMap: NAMED,
  secret: { secretName: "name", name: "name" },
  persistentVolumeClaim: { claimName: "name" },
};

const POD_SPEC: FreeFields = {
  securityContext: { ...IDS, fsGroup: "id", supplementalGroups: ["each", "id"] },
  containers: CONTAINERS,
  initContainers: CONTAINERS,
  imagePullSecrets: ["each", NAMED],
  serviceAccount: "name",
  serviceAccountName: "name",
  volumes: ["each", { name: "name", ...SOURCES, projected: { sources: ["each", SOURCES] } }],
};

/** Of a pod, or of the template of one. */
export const TEMPLATE: FreeFields = { metadata: METADATA, spec: POD_SPEC };

/** Around the template: what belongs to the workload alone. */
export const WORKLOAD_SPEC: FreeFields = {
  replicas: "count",
  selector: "selector",
  serviceName: "name",
  volumeClaimTemplates: ["each", { metadata: NAMED }],
};
