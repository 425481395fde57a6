// Exemptions of the configuration: a check, for an image, a namespace or a path, with a reason and until a day.
import type { CheckedPod } from "../checked.ts";
import type { Matches, Suppressor } from "./suppressor.ts";

/** Everything that is told has to match. */
export interface Exemption {
  /** Finding ids, or patterns of them. */
  readonly checks: readonly string[];
  /** Patterns: of a container's image, of the workload's namespace, of the file. */
  readonly image?: string;
  readonly namespace?: string;
  readonly path?: string;
  readonly reason: string;
  /** The last day on which it holds: `2026-12-31`. */
  readonly expires?: string;
  /** `secctx.yaml:12`. */
  readonly at: string;
}

export interface ExemptionWorld {
  readonly matches: Matches;
  /** The same of paths, where a folder stands for all in it. */
  readonly matchesPath: Matches;
  /** `2026-11-28`, by the shell's clock. */
  readonly today: string;
  /** Container → its image. */
  readonly imagesOf: (pod: CheckedPod) => ReadonlyMap<string, string>;
  /** As the patterns of the configuration mean it. */
  readonly pathOf: (file: string) => string;
}

export function isExpired({ expires }: Exemption, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** Does a pod lie where it speaks of? */
export function isInSight(
  { path }: Exemption,
  pods: readonly CheckedPod[],
  { matchesPath, pathOf }: ExemptionWorld,
): boolean {
  return path === undefined || pods.some(({ source }) => matchesPath(path, pathOf(source.file)));
}

/** What is found of the pod as a whole is exempt by an image when all its containers are. */
export function exemptionSuppressor(exemption: Exemption, world: ExemptionWorld): Suppressor {
  const { checks, image, namespace, path, reason, at } = exemption;
  const { matches, matchesPath, imagesOf, pathOf } = world;
  return {
    suppression: { by: "config", reason, at },
    accepts: (finding, pod) => {
      if (!checks.some((check) => matches(check, finding.id))) return false;
      if (namespace !== undefined && !matches(namespace, pod.workload.namespace)) return false;
      if (path !== undefined && !matchesPath(path, pathOf(finding.file))) return false;
      if (image === undefined) return true;
      const images = imagesOf(pod);
      const concerned =
        finding.container === undefined
          ? [...images.values()]
          : [images.get(finding.container) ?? ""];
      return concerned.length > 0 && concerned.every((one) => matches(image, one));
    },
  };
}
