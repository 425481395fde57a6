// What was tried in a container beside what was predicted, and whose word decided it, with its place in the manifest.
import type { DecidedBy, PredictedTry, TriesInput } from "../compare/predictTries.ts";
import { predictTries } from "../compare/predictTries.ts";
import type { Journey } from "../journey.ts";
import type { FieldPath } from "../model/finding.ts";
import { containersOf } from "../model/pod.ts";
import type { Attempt, TryName } from "../model/tries.ts";
import { type PlacedSource, placeSource } from "./explain.ts";
import { settingsOf } from "./settings.ts";

export interface Tried {
  /** `write /data`, `bind port 80`, `setuid file` (gain privileges by one), `raw socket`, `ping socket`. */
  readonly what: string;
  /** What the kernel said; null where the attempt could not be made or told nothing. */
  readonly allowed: boolean | null;
  /** `EACCES`, `EROFS`, `signal 31`; why, where it is null. */
  readonly error?: string;
  readonly predicted: boolean;
  /** What decides, with its values. */
  readonly rule: string;
  /** Where that comes from; null: not from the manifest, the image or the node's configuration. */
  readonly source: PlacedSource | null;
}

/** In the order of the predictions. @param attempts null: the process could not be looked at */
export function triesOf(
  journey: Journey,
  container: string,
  input: TriesInput,
  attempts: readonly Attempt[] | null,
): Tried[] {
  const settings = settingsOf(journey).filter((row) => row.container === container);
  const path = containersOf(journey.pod?.spec).find((at) => at.container.name === container)?.path;
  function sourceOf(by: DecidedBy | undefined): PlacedSource | null {
    if (by === undefined) return null;
    if (typeof by !== "string") return manifest([...(path ?? []), ...by]);
    const source = settings.find(({ field }) => field === by)?.setting.source;
    return source === undefined ? null : placeSource(source, journey.document);
  }
  function manifest(at: FieldPath): PlacedSource {
    return placeSource({ kind: "manifest", path: at }, journey.document);
  }
  return predictTries(input).map(({ name, predicted, rule, by }: PredictedTry) => {
    const attempt = attempts?.find((one) => one.name === name);
    const { allowed = null, error = attempt === undefined ? "it was not made" : undefined } =
      attempt ?? {};
    return {
      what: whatOf(name),
      allowed,
      ...(error === undefined ? {} : { error }),
      ...{ predicted, rule, source: sourceOf(by) },
    };
  });
}

function whatOf(name: TryName): string {
  const [kind = "", subject = ""] = splitOnce(name);
  if (kind === "write") return `write ${subject}`;
  if (kind === "bind") return `bind port ${subject}`;
  if (kind === "setuid") return "setuid file";
  return `${kind} socket`;
}

function splitOnce(name: string): [kind: string, subject: string] {
  const colon = name.indexOf(":");
  return [name.slice(0, colon), name.slice(colon + 1)];
}
