// A manifest's text that is like one that was read: its document, known without reading it.
import { excerptOf } from "../../manifest/excerpt.ts";
import { eachDocument, type ManifestOptions, type PodDocument } from "../../manifest/manifest.ts";
import { type Positions, positionsOf } from "../../manifest/positions.ts";
import type { SourceMap } from "../../manifest/sourceMap.ts";
import type { Range } from "../../model/finding.ts";
import type { TextForm } from "./textForm.ts";

/** What stands in the text of `form`'s own document elsewhere, stands here as far on as the values before it are longer. */
export function likeDocument(
  form: TextForm,
  { text, file, values }: { readonly text: string; file: string; values: readonly string[] },
  options: ManifestOptions,
): PodDocument {
  let known: PodDocument | undefined;
  function read(): PodDocument {
    known ??= onlyPod(text, file, options);
    return known;
  }
  const { workload } = form.document;
  const name = form.nameSlot === undefined ? workload.name : values[form.nameSlot];
  const namespace =
    form.namespaceSlot === undefined ? workload.namespace : values[form.namespaceSlot];
  return {
    file,
    document: form.document.document,
    workload: { ...workload, name: name ?? "", namespace },
    objectPath: form.document.objectPath,
    findings: [],
    sourceMap: movedSourceMap(form, { text, values, read }),
    get object() {
      return read().object;
    },
    get pod() {
      return read().pod;
    },
  };
}

function onlyPod(text: string, file: string, options: ManifestOptions): PodDocument {
  for (const { pods } of eachDocument(text, file, options)) {
    const [pod] = pods;
    if (pod !== undefined) return pod;
  }
  throw new Error("a text like that of a pod holds none");
}

interface Moved {
  readonly text: string;
  readonly values: readonly string[];
  readonly read: () => PodDocument;
}

function movedSourceMap(form: TextForm, { text, values, read }: Moved): SourceMap {
  let moves: readonly number[] | undefined;
  let positions: Positions | undefined;
  return {
    nearest(path): Range | undefined {
      moves ??= form.movesOf(values);
      return form.nearest(path, moves);
    },
    excerpt(place) {
      positions ??= positionsOf(text);
      return excerptOf(positions, place);
    },
    range: (path) => read().sourceMap.range(path),
    key: (path) => read().sourceMap.key(path),
    begin: () => read().sourceMap.begin(),
    source: () => read().sourceMap.source(),
  };
}
