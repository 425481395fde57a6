// `--claim NAME=FOLDER` beside the pod: which claim each is for, and those that no volume uses.
import type { PodDocument } from "../core/manifest/manifest.ts";
import type { Pod } from "../core/model/pod.ts";
import { didYouMean } from "../core/rules/nearWord.ts";
import { templateClaims } from "./statefulPod.ts";

type Claims = Readonly<Record<string, string>>;

export interface ToldClaims {
  /** By the name of the claim that a volume uses. */
  readonly claims: Claims;
  /** A sentence each. */
  readonly unused: readonly string[];
}

/**
 * A StatefulSet's template is known by its own name, too (`data` for `data-db-0`): who writes it sees no other.
 * @param pod as the API server accepted it
 */
export function toldClaims(told: Claims, pod: Pod, document: PodDocument): ToldClaims {
  const used = usedClaims(pod);
  const templates = templatesOf(document);
  const claims: Record<string, string> = {};
  const unused: string[] = [];
  for (const [name, folder] of Object.entries(told)) {
    const made = templates.get(name);
    if (used.has(name)) claims[name] = folder;
    else if (made === undefined) {
      const meant = didYouMean(name, [...used, ...templates.keys()]);
      unused.push(`--claim ${name}=${folder}: no volume uses the claim ${name}${meant}`);
    } else if (told[made] === undefined) claims[made] = folder;
    else unused.push(`--claim ${name}=${folder}: --claim ${made}=${told[made]} is for the same`);
  }
  return { claims, unused };
}

/** An ephemeral volume's is called after its pod and itself. */
function usedClaims({ metadata, spec }: Pod): Set<string> {
  const names = (spec.volumes ?? []).flatMap((volume) => {
    const { name, persistentVolumeClaim: claim, ephemeral } = volume as Record<string, unknown>;
    if (ephemeral !== undefined) return [`${metadata?.name ?? ""}-${String(name)}`];
    return claim === undefined ? [] : [String((claim as { claimName?: unknown }).claimName)];
  });
  return new Set(names);
}

/** Name of the template → name of its claim. */
function templatesOf(document: PodDocument): Map<string, string> {
  return new Map(templateClaims(document).map(({ template, claim }) => [template, claim.name]));
}
