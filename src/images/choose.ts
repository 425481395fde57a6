// Which image of a layout or an archive is meant, where there are several.
import { ImageError } from "./image.ts";
import { normalizedReference } from "./reference.ts";

/** Which image of several: by its name there, else the one that bears the pod's reference. */
export interface Choice {
  readonly name?: string;
  readonly wanted?: string;
}

/**
 * Those that bear the name told; without one, the only image there, or the one that the pod's reference means.
 * Several builds of one image bear one name.
 */
export function chosen<T>(
  all: readonly T[],
  names: (one: T) => readonly string[],
  { name, wanted }: Choice,
  where: string,
): readonly T[] {
  const shown = [...new Set(all.map((one) => names(one)[0] ?? ""))];
  const isOne = name === undefined && shown.length === 1;
  const which = name ?? wanted;
  const found = isOne ? all : all.filter((one) => names(one).some((own) => isSame(own, which)));
  if (found.length > 0) return found;
  throw new ImageError(
    `no image${which === undefined ? "" : ` ${JSON.stringify(which)}`} in ${where}: ${shown.slice(0, 12).join(", ")}`,
  );
}

/** The same text, or two spellings of one reference. */
function isSame(name: string, which: string | undefined): boolean {
  if (which === undefined || name === which) return which !== undefined;
  try {
    return normalizedReference(name) === normalizedReference(which);
  } catch {
    return false;
  }
}

/** `demo/app:1` → itself and `1`. */
export function nameAndTag(name: string): string[] {
  const tag = /[^/]:([\w][\w.-]*)$/.exec(name)?.[1];
  return tag === undefined ? [name] : [name, tag];
}
