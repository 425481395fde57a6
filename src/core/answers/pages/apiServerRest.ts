// The pages of what the API server says of other parts of a pod: volumes that are gone, requests, ephemeral containers.
import type { JsonObject } from "../../model/json.ts";
import { examplePod } from "../risk.ts";
import { type FindingPage, POD_API, VOLUMES } from "./page.ts";

/** Source (as the id has it, and as manifests spell it), with what the plugin wants. */
const GONE: readonly (readonly [id: string, source: string, value: string, since: string])[] = [
  ["cephfs", "cephfs", "{ monitors: [ceph.example] }", "1.31"],
  ["flocker", "flocker", "{ datasetName: data }", "1.25"],
  ["gitRepo", "gitRepo", "{ repository: 'https://git.example/app' }", "1.33 by default"],
  ["glusterfs", "glusterfs", "{ endpoints: gluster, path: data }", "1.26"],
  ["photonPersistentDisk", "photonPersistentDisk", "{ pdID: data }", "1.16"],
  ["quobyte", "quobyte", "{ registry: 'quobyte.example:7861', volume: data }", "1.25"],
  ["rbd", "rbd", "{ monitors: [ceph.example], image: data }", "1.31"],
  [
    "scaleIO",
    "scaleIO",
    "{ gateway: 'https://scaleio.example', system: s, volumeName: v, secretRef: { name: s } }",
    "1.22",
  ],
  ["storageOS", "storageos", "{ volumeName: data }", "1.25"],
];

const VOLUME_PAGES: readonly FindingPage[] = GONE.map(([id, source, value, since]) => ({
  id: `apiserver.${id}`,
  title: `Volumes of kind ${source} are gone since ${since}`,
  why: "The plugin is deprecated and no longer works; the API server accepts the field and warns.",
  mend: "Use the CSI driver of the storage with a persistentVolumeClaim; instead of gitRepo an init container that clones into an emptyDir.",
  reference: VOLUMES,
  failing: examplePod("", `volumes:\n  - name: data\n    ${source}: ${value}`),
  passing: examplePod(
    "",
    "volumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data }",
  ),
}));

const DEBUG: JsonObject = { name: "debug", image: "busybox:1" };

/** A pod that runs, as `kubectl debug` sends it back: with an ephemeral container. */
function debugged(container: JsonObject, more: JsonObject = {}): JsonObject {
  const metadata = { name: "example" };
  const pod = { containers: [{ name: "app", image: "registry.example/app:1" }], ...more };
  const base: JsonObject = { metadata, spec: pod };
  const object = { metadata, spec: { ...pod, ephemeralContainers: [{ ...DEBUG, ...container }] } };
  return { operation: "ephemeral", kind: "Pod", base, object };
}

const DATA: JsonObject = { name: "data", mountPath: "/data" };
const WITH_DATA: JsonObject = { volumes: [{ name: "data", emptyDir: {} }] };

/** Field → the container that has it, and one that the API server takes. */
const EPHEMERAL_FIELDS: readonly (readonly [
  field: string,
  failing: JsonObject,
  passing: JsonObject,
])[] = [
  [
    "lifecycle",
    debugged({ lifecycle: { preStop: { exec: { command: ["sync"] } } } }),
    debugged({}),
  ],
  ["livenessProbe", debugged({ livenessProbe: { exec: { command: ["true"] } } }), debugged({})],
  ["resources", debugged({ resources: { limits: { cpu: "1" } } }), debugged({})],
  [
    "subPath",
    debugged({ volumeMounts: [{ ...DATA, subPath: "logs" }] }, WITH_DATA),
    debugged({ volumeMounts: [DATA] }, WITH_DATA),
  ],
  [
    "targetContainerName",
    debugged({ targetContainerName: "nosuch" }),
    debugged({ targetContainerName: "app" }),
  ],
];

const EPHEMERAL: readonly FindingPage[] = EPHEMERAL_FIELDS.map(([field, failing, passing]) => ({
  id: `apiserver.${field}`,
  title: `${field} of an ephemeral container`,
  why:
    field === "targetContainerName"
      ? "The container whose processes are to be seen has to be one of the pod's."
      : `An ephemeral container cannot have ${field}.`,
  mend: field === "targetContainerName" ? "Name a container of the pod." : `Leave ${field} out.`,
  reference: "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
  only: "No manifest creates an ephemeral container: kubectl debug adds it to a pod that runs (operation `ephemeral`).",
  request: { stage: "apiserver", failing, passing },
}));

const POD: JsonObject = {
  metadata: { name: "example" },
  spec: { containers: [{ name: "app", image: "registry.example/app:1" }] },
};

function created(more: JsonObject): JsonObject {
  return { operation: "create", kind: "Pod", ...more };
}

/** The text of a pod, with a key of its own. */
function rawPod(key: string): string {
  return `{"metadata":{"name":"example"},"spec":{"hostPID":true,${key}"containers":[{"name":"app","image":"registry.example/app:1"}]}}`;
}

const REQUESTS: readonly FindingPage[] = [
  {
    id: "apiserver.syntax",
    title: "The request's body is no JSON",
    why: "What is not even JSON has no kind; the API server says what it stumbled over.",
    mend: "Correct the text.",
    reference: POD_API,
    only: "`check` reads the text itself and reports it as not readable, with the line; this is what the API server says of such a body (`raw`).",
    request: {
      stage: "apiserver",
      failing: created({ raw: "{'metadata': {}}" }),
      passing: created({ raw: rawPod("") }),
    },
  },
  {
    id: "apiserver.duplicateField",
    title: "A field is told twice",
    why: "Of two values the last one holds; the API server warns, or refuses under strict validation. kubectl's own reading of YAML says it as manifest.duplicateKey.",
    mend: "Take one of them out.",
    reference: POD_API,
    only: "A YAML document is JSON by the time that it reaches the API server: only a body of one's own (`raw`) has it.",
    request: {
      stage: "apiserver",
      failing: created({ raw: rawPod('"hostPID":false,') }),
      passing: created({ raw: rawPod("") }),
    },
  },
  {
    id: "apiserver.fieldValidation",
    title: "The request asks for a field validation that there is not",
    why: "fieldValidation is Ignore, Warn or Strict.",
    mend: "Use one of them.",
    reference: POD_API,
    only: "`check` asks as kubectl does: with Warn.",
    request: {
      stage: "apiserver",
      failing: created({ object: POD, fieldValidation: "strict" }),
      passing: created({ object: POD, fieldValidation: "Strict" }),
    },
  },
];

export const API_SERVER_REST_PAGES: readonly FindingPage[] = [
  ...VOLUME_PAGES,
  ...EPHEMERAL,
  ...REQUESTS,
];
