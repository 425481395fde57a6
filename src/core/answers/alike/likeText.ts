// A document whose text is like one that was read: what is known of it without reading it.
import { excerptOf } from "../../manifest/excerpt.ts";
import type { FoundPlace } from "../../manifest/knownTexts.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import { podOf } from "../../manifest/podShape.ts";
import type { SourceMap } from "../../manifest/sourceMap.ts";
import { valueAt } from "../../manifest/workloads.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Pod } from "../../model/pod.ts";
import type { TextForm } from "./textForm.ts";

/**
 * What stands in the text of `form`'s own document elsewhere, stands here as far on as the values before it are longer.
 * @param values what stands in the slots
 */
export function likeDocument(
  form: TextForm,
  values: readonly string[],
  { file, document, positions, start, read: readNow }: FoundPlace,
): PodDocument {
  let known: PodDocument | undefined;
  let object: JsonObject | undefined;
  let pod: Pod | undefined;
  let moves: readonly number[] | undefined;
  const workload = form.workloadOf(values);
  const { objectPath } = form.document;
  function read(): PodDocument {
    known ??= readNow();
    return known;
  }
  function filled(): JsonObject {
    object ??= form.fill(values);
    return object;
  }
  const sourceMap: SourceMap = {
    nearest(path) {
      moves ??= form.places.movesOf(values);
      return form.places.nearest(path, moves, start);
    },
    range: (path) => read().sourceMap.range(path),
    key: (path) => read().sourceMap.key(path),
    begin: () => read().sourceMap.begin(),
    excerpt: (place) => excerptOf(positions, place),
    source: () => read().sourceMap.source(),
  };
  return {
    ...{ file, document, workload, objectPath, sourceMap, findings: [] },
    get object() {
      return filled();
    },
    get pod() {
      pod ??= podOf(valueAt(filled(), workload.podPath));
      return pod;
    },
  };
}
