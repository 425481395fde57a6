// fsGroup does nothing on some volumes: their files keep the owner that they have on the node or the server.
import { isJsonObject } from "../../model/json.ts";
import type { Volume } from "../../model/pod.ts";
import { volumePlugin } from "../../tables/volumePlugins.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { sourceOf } from "../riskPaths.ts";

export const fsGroupWithoutEffect: Risk = {
  id: "risk.fsGroupWithoutEffect",
  severity: "note",
  title: "fsGroup is set, but a volume of this kind is never given to it",
  why: "The kubelet changes owner and mode only of volumes whose plugin says so. hostPath, nfs and image volumes, read-only ones, and with most CSI drivers those that several nodes may write keep the owners that they have, so a process that relies on fsGroup may not be able to write there.",
  mend: "Set the owner where the files lie (on the node, on the server), or use a volume that honours fsGroup.",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods",
  failing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: data\n    hostPath: { path: /srv/data }",
  ),
  passing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: data\n    emptyDir: {}",
  ),
  find,
};

function find({ pod, isWindows, claims }: RiskyPod): Hit[] {
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (isWindows || fsGroup === undefined || fsGroup === null) return [];
  return (pod.spec.volumes ?? []).flatMap((volume, index) => {
    const source = sourceOf(volume);
    const reason = source === undefined ? undefined : whyNot(volume, source, claims);
    if (source === undefined || reason === undefined) return [];
    const message = `fsGroup ${fsGroup} does nothing on volume "${volume.name}": ${reason}`;
    // A claim of a template is no volume of the manifest.
    const path = claims.has(volume.name)
      ? ["spec", "securityContext", "fsGroup"]
      : ["spec", "volumes", index, source];
    return [{ path, field: "fsGroup", message }];
  });
}

function whyNot(volume: Volume, source: string, claims: RiskyPod["claims"]): string | undefined {
  const rule = volumePlugin(source)?.ownership;
  if (rule === "never") return `the kubelet never changes the owner of ${source} volumes`;
  if (rule !== "policy" && rule !== "csi") return undefined;
  const value = volume[source];
  if (isJsonObject(value) && value["readOnly"] === true)
    return "the kubelet leaves read-only volumes as they are";
  const modes = claims.get(volume.name) ?? [];
  if (modes.length === 0 || modes.some((mode) => ONE_WRITER.includes(mode))) return undefined;
  return `it is ${modes.join(", ")}, and a CSI driver's default fsGroupPolicy (ReadWriteOnceWithFSType) leaves such volumes out`;
}

const ONE_WRITER: readonly string[] = ["ReadWriteOnce", "ReadWriteOncePod"];
