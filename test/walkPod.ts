// A pod through the kubelet's stage, for its unit tests: a world with three known images, and short forms of the answer.
import { type KubeletAnswer, kubelet } from "../src/core/kubelet/kubelet.ts";
import type { LinuxContainerSecurityContext } from "../src/core/model/cri.ts";
import type { Pod } from "../src/core/model/pod.ts";
import type { StageReport } from "../src/core/model/report.ts";
import { completeWorld, type WorldFile } from "../src/core/model/world.ts";

const IMAGES = { app: { user: "1000" }, named: { user: "app" }, root: { user: "0" } };

/** The pod `p` of namespace `n` with uid `u`. */
export function walk(
  spec: object,
  file: WorldFile = {},
  trace = false,
  metadata: object = {},
): StageReport<KubeletAnswer> {
  const pod = { metadata: { name: "p", namespace: "n", uid: "u", ...metadata }, spec } as Pod;
  return kubelet({ pod }, completeWorld({ images: IMAGES, ...file }), { trace });
}

/** One container `c` of image `app`; `spec` is put over the container. */
export function one(
  own: object = {},
  podLevel: object = {},
  file: WorldFile = {},
  spec: object = {},
): StageReport<KubeletAnswer> {
  const containers = [{ name: "c", image: "app", ...spec, securityContext: own }];
  return walk({ securityContext: podLevel, containers }, file);
}

/** The security context that the runtime gets; undefined when the container waits. */
export function contextOf(
  own: object,
  podLevel: object = {},
  file: WorldFile = {},
): LinuxContainerSecurityContext | undefined {
  return one(own, podLevel, file).out.containers[0]?.config?.linux?.security_context;
}

/** The message of the waiting container. */
export function waitingOf(
  own: object,
  podLevel: object = {},
  file: WorldFile = {},
  spec: object = {},
): string | undefined {
  return one(own, podLevel, file, spec).out.containers[0]?.waiting?.message;
}

/** The whole answer with findings and gates. */
export function admissionOf(
  pod: object,
  file: WorldFile = {},
): KubeletAnswer & Pick<StageReport<KubeletAnswer>, "findings" | "gates"> {
  const { out, findings, gates } = kubelet({ pod: pod as Pod }, completeWorld(file));
  return { ...out, findings, gates };
}

/** The message in the pod's status; "" when admitted. */
export function messageOf(pod: object, file?: WorldFile): string {
  return admissionOf(pod, file).admission.message;
}
