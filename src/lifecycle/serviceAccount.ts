// What the ServiceAccount admission plugin adds to a pod: the volume with the token of its account, in every container.
import { hash } from "../core/answers/fingerprint.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { Container, Pod, Volume, VolumeMount } from "../core/model/pod.ts";

/** @see kubernetes v1.37.2 plugin/pkg/admission/serviceaccount/admission.go DefaultAPITokenMountPath, ServiceAccountVolumeName */
const MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const VOLUME_NAME = "kube-api-access";

/** @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go, pkg/serviceaccount WarnOnlyBoundTokenExpirationPeriod */
const SOURCES: readonly JsonObject[] = [
  { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
  { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  {
    downwardAPI: {
      items: [
        { path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } },
      ],
    },
  },
];
const DEFAULT_MODE = 0o644;

/**
 * The pod as it is unless its account or itself says no, or every container has something at that place.
 * @param objects ServiceAccounts among them are found by namespace and name; an account that is not there says nothing
 * @see kubernetes v1.37.2 plugin/pkg/admission/serviceaccount/admission.go mountServiceAccountToken
 */
export function mountServiceAccountToken(told: Pod, objects: readonly JsonObject[]): Pod {
  const pod = withAccount(told);
  if (!shouldAutomount(pod, objects)) return pod;
  const { volumes = [], containers = [], initContainers } = pod.spec;
  const own = volumes.find(({ name }) => name.startsWith(`${VOLUME_NAME}-`));
  const name = own?.name ?? `${VOLUME_NAME}-${suffixOf(pod)}`;
  const mount: VolumeMount = { name, readOnly: true, mountPath: MOUNT_PATH };
  const all = [...containers, ...(initContainers ?? [])];
  if (all.every(hasPlace)) return pod;
  const volume = { name, projected: { defaultMode: DEFAULT_MODE, sources: SOURCES } };
  const withMount = (container: Container): Container =>
    hasPlace(container)
      ? container
      : { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: containers.map(withMount),
      ...(initContainers ? { initContainers: initContainers.map(withMount) } : {}),
      ...(own === undefined ? { volumes: [...volumes, volume as Volume] } : {}),
    },
  };
}

/** The deprecated name says the same. */
function withAccount({ spec, ...rest }: Pod): Pod {
  const serviceAccountName = spec.serviceAccountName || "default";
  const serviceAccount = serviceAccountName;
  return { ...rest, spec: { ...spec, serviceAccountName, serviceAccount } };
}

/** A mount that no manifest asked for. */
export function isServiceAccountMount({ name, mountPath }: VolumeMount): boolean {
  return mountPath === MOUNT_PATH && name.startsWith(`${VOLUME_NAME}-`);
}

function hasPlace({ volumeMounts = [] }: Container): boolean {
  return volumeMounts.some(({ mountPath }) => mountPath === MOUNT_PATH);
}

/** The pod's word stands above the account's. */
function shouldAutomount({ metadata, spec }: Pod, objects: readonly JsonObject[]): boolean {
  const { automountServiceAccountToken: told } = spec;
  if (typeof told === "boolean") return told;
  const namespace = metadata?.namespace ?? "default";
  const account = objects.findLast(
    (object) =>
      object["kind"] === "ServiceAccount" &&
      isJsonObject(object["metadata"]) &&
      object["metadata"]["name"] === (spec.serviceAccountName || "default") &&
      (object["metadata"]["namespace"] ?? namespace) === namespace,
  );
  return account?.["automountServiceAccountToken"] !== false;
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go alphanums */
const LETTERS = "bcdfghjklmnpqrstvwxz2456789";
const SUFFIX_LENGTH = 5;

/** In a cluster it is drawn; here a pod of one name has the same one in every run. */
function suffixOf({ metadata }: Pod): string {
  const text = `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
  let rest = Number.parseInt(hash(text).slice(0, 8), 16);
  let suffix = "";
  while (suffix.length < SUFFIX_LENGTH) {
    suffix += LETTERS[rest % LETTERS.length] ?? "";
    rest = Math.floor(rest / LETTERS.length);
  }
  return suffix;
}
