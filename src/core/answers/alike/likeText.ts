// A document whose text is like one that was read: what is known of it without reading it.
import { excerptOf } from "../../manifest/excerpt.ts";
import type { FoundPlace } from "../../manifest/knownTexts.ts";
import type { PodDocument, Workload } from "../../manifest/manifest.ts";
import { podOf } from "../../manifest/podShape.ts";
import type { SourceMap } from "../../manifest/sourceMap.ts";
import { valueAt } from "../../manifest/workloads.ts";
import type { FieldPath, Position, Range } from "../../model/finding.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Pod } from "../../model/pod.ts";
import type { Walked } from "../walked.ts";
import type { Called, TextForm } from "./textForm.ts";

/** A class, and no closures: of many thousand documents what each leaves behind has to be collected. */
export class LikeDocument implements PodDocument {
  readonly form: TextForm;
  readonly called: Called;
  readonly file: string;
  readonly document: number;
  readonly workload: Workload;
  readonly objectPath: FieldPath;
  readonly findings: PodDocument["findings"] = [];
  readonly sourceMap: SourceMap;
  readonly #values: readonly string[];
  #object: JsonObject | undefined;
  #pod: Pod | undefined;

  /** @param values what stands in the slots */
  constructor(form: TextForm, values: readonly string[], place: FoundPlace) {
    this.form = form;
    this.called = form.called(values);
    this.file = place.file;
    this.document = place.document;
    this.workload = form.workloadOf(values);
    this.objectPath = form.document.objectPath;
    this.sourceMap = new LikeSourceMap(form, values, place);
    this.#values = values;
  }

  get object(): JsonObject {
    this.#object ??= this.form.fill(this.#values);
    return this.#object;
  }

  /** What the object has along the path. */
  along(path: FieldPath): Walked {
    return this.form.steps.along(path, this.#values);
  }

  get pod(): Pod {
    this.#pod ??= podOf(valueAt(this.object, this.workload.podPath));
    return this.#pod;
  }
}

/** What stands in the text of the form's own document elsewhere, stands here as far on as the values before it are longer. */
class LikeSourceMap implements SourceMap {
  readonly #form: TextForm;
  readonly #moves: readonly number[];
  readonly #place: FoundPlace;
  #known: SourceMap | undefined;

  constructor(form: TextForm, values: readonly string[], place: FoundPlace) {
    this.#form = form;
    this.#moves = form.places.movesOf(values);
    this.#place = place;
  }

  get #read(): SourceMap {
    this.#known ??= this.#place.read().sourceMap;
    return this.#known;
  }

  nearest(path: FieldPath): Range | undefined {
    return this.#form.places.nearest(path, this.#moves, this.#place.start);
  }

  excerpt(place: Position): string {
    return excerptOf(this.#place.positions, place);
  }

  range(path: FieldPath): Range | undefined {
    return this.#read.range(path);
  }

  key(path: FieldPath): Range | undefined {
    return this.#read.key(path);
  }

  begin(): Position | undefined {
    return this.#read.begin();
  }

  source(): ReturnType<SourceMap["source"]> {
    return this.#read.source();
  }
}
