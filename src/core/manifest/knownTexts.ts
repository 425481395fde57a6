// Documents whose text tells what is in them: those that are like one that was read before.
import type { Position } from "../model/finding.ts";
import type { PodDocument } from "./manifest.ts";
import type { Positions } from "./positions.ts";

/** What a document's reader asks before it reads, and tells when it has read. Texts are those of whole YAML documents. */
export interface KnownTexts {
  /** Undefined: it has to be read. */
  find(text: string): FoundText | undefined;
  /** @param pod all that the document holds */
  learn(pod: PodDocument, read: LearnedText): void;
}

export interface LearnedText {
  readonly text: string;
  /** Written in it. */
  readonly values: number;
  /** Where it begins in its file. */
  readonly start: Position;
}

export interface FoundText {
  readonly values: number;
  document(place: FoundPlace): PodDocument;
}

export interface FoundPlace {
  readonly file: string;
  readonly document: number;
  readonly positions: Positions;
  readonly start: Position;
  /** Reads it after all: for what its text does not tell. */
  readonly read: () => PodDocument;
}
