// What the reader says of a text, in the light of what the text is: bytes that are no UTF-8, a template, a kustomization.
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { SkippedDocument } from "../../core/answers/checked.ts";
import { excerptOf } from "../../core/manifest/excerpt.ts";
import type { ManifestError, SkippedObject } from "../../core/manifest/manifest.ts";
import { type Positions, positionsOf } from "../../core/manifest/positions.ts";
import { untoldPodPath } from "../../core/manifest/untoldPod.ts";
import { isJsonObject, type JsonValue } from "../../core/model/json.ts";
import { CONFIG_NAME } from "../config/config.ts";
import type { BrokenByte } from "./brokenUtf8.ts";
import { helmChart, helmTemplate, kustomization } from "./template.ts";

export interface ReadInput {
  /** Which reads it: what is no manifest is told with the way to it. */
  readonly command: string;
  readonly file: string;
  readonly text: string;
  readonly broken: readonly BrokenByte[];
  /** By a person, who did not say that nothing may be in it: a template is then an error, where a folder's is skipped. */
  readonly isNamed: boolean;
}

const ACTION = /\{\{[\s\S]*?\}\}/;

/** A file among a chart's templates is one, even where YAML can read it. */
export function isChartTemplate({ file, text }: ReadInput): boolean {
  return ACTION.test(text) && isAmongTemplates(dirname(resolve(file)));
}

function isAmongTemplates(folder: string): boolean {
  const above = dirname(folder);
  if (above === folder) return false;
  const isTheirs = basename(folder) === "templates" && existsSync(join(above, "Chart.yaml"));
  return isTheirs || isAmongTemplates(above);
}

/** The sentence about a template: an error where it was named, else something that was skipped. */
export function templateAnswer(input: ReadInput): Mended {
  const { command, file, text, isNamed } = input;
  if (!isNamed) {
    return {
      errors: [],
      skipped: [{ file, whole: "file", document: 0, kind: "", reason: helmTemplate(command) }],
    };
  }
  const positions = positionsOf(text);
  const place = positions.at(Math.max(text.search(ACTION), 0));
  const { line, column } = place;
  const message = `this is ${helmTemplate(command)}, no manifest`;
  const excerpt = excerptOf(positions, place);
  return { errors: [{ file, document: 0, line, column, message, excerpt }], skipped: [] };
}

export interface Mended {
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
}

/** Errors of documents that are templates become one sentence; those of broken bytes get go-yaml's words. */
export function mendedErrors(input: ReadInput, errors: readonly ManifestError[]): Mended {
  const told = input.broken.length === 0 ? errors : withOctets(input, errors);
  if (told.length === 0 || !ACTION.test(input.text)) return { errors: told, skipped: [] };
  const lines = input.text.split("\n");
  const others = told.filter((error) => !ACTION.test(documentAround(lines, error.line)));
  if (others.length === told.length) return { errors: told, skipped: [] };
  const template = templateAnswer(input);
  return { errors: [...template.errors, ...others], skipped: template.skipped };
}

function documentAround(lines: readonly string[], line: number): string {
  let from = line - 1;
  while (from > 0 && lines[from]?.startsWith("---") !== true) from -= 1;
  let to = line;
  while (to < lines.length && lines[to]?.startsWith("---") !== true) to += 1;
  return lines.slice(from, to).join("\n");
}

/** What the reader calls the lone surrogate that stands for a byte. */
const LONE = "yaml: invalid Unicode character";

function withOctets(
  { file, text, broken }: ReadInput,
  errors: readonly ManifestError[],
): readonly ManifestError[] {
  const positions = positionsOf(text);
  const words = new Map(broken.map((one) => [key(positions.at(one.offset)), one.message]));
  const told = errors.map((error) =>
    error.message === LONE
      ? { ...error, message: `yaml: ${words.get(key(error)) ?? "invalid Unicode character"}` }
      : error,
  );
  const [first] = broken;
  if (first === undefined || errors.some(({ message }) => message === LONE)) return told;
  // JSON takes any character; the bytes are broken all the same.
  return [...told, errorAt(file, positions, first)];
}

function errorAt(
  file: string,
  positions: Positions,
  { offset, message }: BrokenByte,
): ManifestError {
  const place = positions.at(offset);
  const { line, column } = place;
  return { file, document: 0, line, column, message, excerpt: excerptOf(positions, place) };
}

function key({ line, column }: { readonly line: number; readonly column: number }): string {
  return `${line}:${column}`;
}

/** Files that every tool knows by their name. */
const WITHOUT_KIND: Readonly<Record<string, (command: string) => string>> = {
  "Chart.yaml": helmChart,
  [CONFIG_NAME]: () => "the configuration of secctx",
};

/** Why there is no pod in a document; undefined for an object that only lacks its kind. */
export function whySkipped(
  { file, command }: Pick<ReadInput, "file" | "command">,
  { kind, object }: SkippedObject,
): string | undefined {
  const apiVersion = isJsonObject(object) ? object["apiVersion"] : undefined;
  if (typeof apiVersion === "string" && apiVersion.startsWith("kustomize.config.k8s.io/")) {
    return kustomization(command);
  }
  if (kind === "" && /^kustomization(\.ya?ml)?$/i.test(basename(file)))
    return kustomization(command);
  if (isJsonObject(object) && Array.isArray(object["findings"]) && object["version"] === 1) {
    return "a baseline of secctx";
  }
  const own = kind === "" ? WITHOUT_KIND[basename(file)]?.(command) : undefined;
  return own ?? withoutPod(kind, object);
}

function withoutPod(kind: string, object: JsonValue): string | undefined {
  if (Array.isArray(object)) return "a list, no object";
  if (!isJsonObject(object)) return "no object";
  if (kind === "") return undefined;
  const path = untoldPodPath(object);
  return path === undefined
    ? "no workload"
    : `a pod in an unknown kind (--pod-path ${kind}=${path})`;
}
