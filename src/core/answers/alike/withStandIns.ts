// The JSON of a value with stand-ins in its free fields; what is not free, or not of a plain form, stays as it is.
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import type { World } from "../../model/world.ts";
import type { Free, FreeFields } from "./fields.ts";
import type { Names } from "./names.ts";
import type { Numbers } from "./numbers.ts";

export interface StandingIn {
  readonly names: Names;
  readonly numbers: Numbers;
  /** Known by their reference, which stays then. */
  readonly images: World["images"];
  /** The pod says more of its ports: they stay then. */
  readonly keepsPorts: boolean;
}

/**
 * Undefined where a stage reads more of the names than whether they are equal.
 * @throws TypeError for integers beyond 2^53, which have no JSON here
 */
export function withStandIns(
  value: JsonValue,
  free: Free,
  standing: StandingIn,
): string | undefined {
  if (typeof free !== "string") {
    return Array.isArray(free)
      ? each(value, free[1], standing)
      : fieldsOf(value, free as FreeFields, standing);
  }
  switch (free) {
    case "ports":
      return Array.isArray(value)
        ? listOf(value, (port) => JSON.stringify(portFor(port, standing)))
        : JSON.stringify(value);
    case "annotations":
      return annotations(value);
    case "selector":
      return selector(value, standing);
    default:
      return JSON.stringify(plainStandIn(value, free, standing));
  }
}

/** @param free of a port: whether it may have one is known */
export function plainStandIn(
  value: JsonValue,
  free: "name" | "container" | "label" | "id" | "image" | "text" | "count" | "port",
  standing: StandingIn,
): JsonValue {
  switch (free) {
    case "name":
      return typeof value === "string" ? standing.names.of(value) : value;
    case "container":
      return typeof value === "string" ? standing.names.ofContainer(value) : value;
    case "label":
      return typeof value === "string" ? standing.names.ofLabel(value) : value;
    case "id":
      return typeof value === "number" ? standing.numbers.ofId(value) : value;
    case "image":
      return typeof value === "string" ? imageFor(value, standing) : value;
    case "text":
      return typeof value === "string" && PLAIN_TEXT.test(value) ? "-" : value;
    case "count":
      return typeof value === "number" && isManyInt32(value) ? 2 : value;
    case "port":
      return typeof value === "number" ? standing.numbers.ofPort(value) : value;
  }
}

function isManyInt32(count: number): boolean {
  return count > 2 && count < 2 ** 31 && Number.isInteger(count);
}

/** Nothing is expanded in it. */
const PLAIN_TEXT = /^[\t\n\x20-\x23\x25-\x7e]{1,4000}$/;

function fieldsOf(value: JsonValue, fields: FreeFields, standing: StandingIn): string | undefined {
  if (!isJsonObject(value)) return JSON.stringify(value);
  return members(value, (member, name) => {
    const free = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return free === undefined ? JSON.stringify(member) : withStandIns(member, free, standing);
  });
}

function each(value: JsonValue, free: Free, standing: StandingIn): string | undefined {
  const textFor = (item: JsonValue) => withStandIns(item, free, standing);
  if (Array.isArray(value)) return listOf(value, textFor);
  return isJsonObject(value) ? members(value, textFor) : JSON.stringify(value);
}

function listOf(
  items: readonly JsonValue[],
  textFor: (item: JsonValue) => string | undefined,
): string | undefined {
  let text = "[";
  for (const item of items) {
    const one = textFor(item);
    if (one === undefined) return undefined;
    text += text === "[" ? one : `,${one}`;
  }
  return `${text}]`;
}

function members(
  object: JsonObject,
  textFor: (value: JsonValue, name: string) => string | undefined,
): string | undefined {
  let text = "{";
  for (const name of Object.keys(object)) {
    const one = textFor(object[name] ?? null, name);
    if (one === undefined) return undefined;
    text += `${text === "{" ? "" : ","}${JSON.stringify(name)}:${one}`;
  }
  return `${text}}`;
}

function portFor(port: JsonValue, standing: StandingIn): JsonValue {
  if (standing.keepsPorts || !isJsonObject(port) || Object.hasOwn(port, "hostPort")) return port;
  const { containerPort } = port;
  return typeof containerPort === "number"
    ? { ...port, containerPort: plainStandIn(containerPort, "port", standing) }
    : port;
}

/** These name containers, or decide what runs. */
const READ = /apparmor|seccomp/i;
export function isReadAnnotation(name: string): boolean {
  return READ.test(name);
}
export const OFFICIAL_ANNOTATION: RegExp = /kubernetes\.io\/|k8s\.io\//;
/** Far below what all annotations together may have. */
const LONGEST = 4_000;

function annotations(value: JsonValue): string | undefined {
  if (!isJsonObject(value)) return JSON.stringify(value);
  return members(value, (text, name) => {
    if (isReadAnnotation(name)) return undefined;
    const isFree =
      typeof text === "string" && text.length <= LONGEST && !OFFICIAL_ANNOTATION.test(name);
    return JSON.stringify(isFree ? "-" : text);
  });
}

/** Expressions are matched against labels in more ways than one. */
function selector(value: JsonValue, standing: StandingIn): string | undefined {
  if (!isJsonObject(value)) return JSON.stringify(value);
  if (Object.hasOwn(value, "matchExpressions")) return undefined;
  return Object.hasOwn(value, "matchLabels")
    ? fieldsOf(value, { matchLabels: ["each", "label"] }, standing)
    : each(value, "label", standing);
}

/** Repository and tag are names of their own; whether the newest is meant shows in the tag. */
export const IMAGE: RegExp =
  /^((?:[a-z0-9][-a-z0-9.]{0,80}(?::\d{1,5})?\/)?[a-z0-9][-a-z0-9._/]{0,100})(?::([A-Za-z0-9][-\w.]{0,40}))?$/;

function imageFor(image: string, { names, images }: StandingIn): string {
  const [, repository, tag] = IMAGE.exec(image) ?? [];
  if (repository === undefined || Object.hasOwn(images, image)) return image;
  const standIn = names.ofText(repository);
  if (tag === undefined) return standIn;
  return `${standIn}:${tag === "latest" ? tag : names.ofText(tag)}`;
}
