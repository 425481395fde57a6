// Pods alike are judged once: what is said of one holds for every other that differs only in what it calls itself and its own.
import type { PodDocument } from "../../manifest/manifest.ts";
import type { FieldPath } from "../../model/finding.ts";
import type { World } from "../../model/world.ts";
import type { Judged } from "../judge.ts";
import { type Actual, restorerOf } from "./restore.ts";
import { standInOf } from "./standIn.ts";
import { AlikeTexts, remember } from "./texts.ts";

/** What was said of pods before, by the newest world in which they were judged. */
export interface AlikeMemory {
  /** Pods judged so far. */
  count: number;
  readonly answers: WeakMap<World, Map<string, Answer>>;
  readonly texts: AlikeTexts;
}
/** Null: pods of this form have to be judged one by one. */
type Answer = ((actual: Actual) => Judged) | null;

export function newAlikeMemory(): AlikeMemory {
  return { count: 0, answers: new WeakMap(), texts: new AlikeTexts() };
}

/** A few pods are hardly alike. */
const FEW = 2;
const MOST = 4_096;
/** Far from where the API server shortens its warnings, however long the names. */
const MOST_WARNINGS = 1_000;

/** @param world the newest of those in which `judge` judges */
export function judgeAlike(
  document: PodDocument,
  world: World,
  memory: AlikeMemory,
  judge: (document: PodDocument) => Judged,
): Judged {
  memory.count += 1;
  if (memory.count <= FEW) return judge(document);
  // Of images that are known the reference counts, and their users are ids.
  const isFree = Object.keys(world.images).length === 0;
  const ofForm = isFree ? memory.texts.formOf(document) : undefined;
  const told = ofForm?.form.answer(world, ofForm.called.key);
  if (ofForm !== undefined && told !== undefined) return told(ofForm.called.actual);
  const standIn = standInOf(document, world);
  if (standIn === undefined) return judge(document);
  const { key, actual } = standIn;
  const answers = answersIn(world, memory);
  let answer = answers.get(key);
  if (answer === undefined) {
    if (answers.size >= MOST) return judge(document);
    const judged = judge(standIn.document());
    answer = isForAll(judged) ? restorerOf(judged) : null;
    answers.set(key, answer);
  }
  if (answer === null) return judge(document);
  if (ofForm !== undefined) remember(ofForm, { world, actual, answer });
  return inList(answer(actual), document.objectPath);
}

/** With paths from the root of the document that holds the object. */
function inList(judged: Judged, objectPath: FieldPath): Judged {
  if (objectPath.length === 0) return judged;
  const findings = judged.findings.map(({ finding, inherited, ...rest }) => ({
    ...rest,
    finding: { ...finding, path: [...objectPath, ...finding.path] },
    ...(inherited === undefined ? {} : { inherited: [...objectPath, ...inherited] }),
  }));
  return { ...judged, findings };
}

function answersIn(world: World, { answers }: AlikeMemory): Map<string, Answer> {
  const known = answers.get(world);
  if (known !== undefined) return known;
  const fresh = new Map<string, Answer>();
  answers.set(world, fresh);
  return fresh;
}

/** Warnings that are long together are cut. */
function isForAll({ findings }: Judged): boolean {
  let warnings = 0;
  for (const { finding } of findings) {
    if (finding.stage === "apiserver") warnings += finding.message.length;
  }
  return warnings <= MOST_WARNINGS;
}
