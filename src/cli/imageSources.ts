// `--image`: where images come from, by the references that the pods use.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isOnDisk, parseSource } from "../images/source.ts";
import type { OptionValues } from "./command.ts";
import { cannotRead, UsageError } from "./errors.ts";

/** Annotation of an OCI layout's index that names an image. */
const REF_NAME = "org.opencontainers.image.ref.name";

const INDEX = "index.json";

/** No name in a registry begins so. */
const BARE_PATH = /^(?:\/|\.{1,2}\/|~)/;

function whatIsAt(path: string): string {
  const forms = ["dir", "oci", "oci-archive", "docker-archive"].map((form) => `${form}:${path}`);
  return `say what is there: ${forms.slice(0, -1).join(", ")} or ${forms.at(-1)}`;
}

/**
 * Reference → source, out of `REF=SOURCE`; a bare `oci:PATH` offers every image that the layout names, `oci:PATH:NAME` that one.
 * @throws UsageError
 */
export function imageSources(options: OptionValues): Record<string, string> {
  const values = options["image"];
  const sources: Record<string, string> = {};
  for (const text of Array.isArray(values) ? (values as readonly string[]) : []) {
    if (/^oci:[^=]+$/.test(text)) Object.assign(sources, namesOf(text.slice("oci:".length)));
    else {
      const at = text.indexOf("=");
      if (at < 1) {
        throw new UsageError(
          `--image ${text}: write it as REF=SOURCE, or oci:PATH for all of a layout`,
        );
      }
      const source = text.slice(at + 1);
      if (BARE_PATH.test(source)) throw new UsageError(`--image ${text}: ${whatIsAt(source)}`);
      sources[text.slice(0, at)] = source;
    }
  }
  return sources;
}

/**
 * What is told to lie on this machine has to be there, where nothing is tried again.
 * @throws UsageError; EngineError for what is no source
 */
export function checkSourcesAreThere(sources: Readonly<Record<string, string>>): void {
  for (const [reference, text] of Object.entries(sources)) {
    const source = parseSource(text, existsSync);
    if (source === undefined || !isOnDisk(source) || existsSync(source.place)) continue;
    throw new UsageError(`--image ${reference}=${text}: no such file or folder: ${source.place}`);
  }
}

function namesOf(told: string): Record<string, string> {
  const { folder, name } = layoutAt(told);
  const names = namesIn(folder);
  if (name === undefined)
    return Object.fromEntries(names.map((one) => [one, `oci:${folder}:${one}`]));
  if (names.includes(name)) return { [name]: `oci:${folder}:${name}` };
  const known = names.length === 0 ? "no image" : names.join(", ");
  throw new UsageError(`--image oci:${told}: the layout at ${folder} names ${known}`);
}

/** `dir:app:1`: where the layout lies, and the image's name, which may hold a colon too. */
function layoutAt(told: string): { readonly folder: string; readonly name?: string } {
  for (let at = told.indexOf(":"); at > 0; at = told.indexOf(":", at + 1)) {
    const folder = told.slice(0, at);
    if (existsSync(join(folder, INDEX))) return { folder, name: told.slice(at + 1) };
  }
  return { folder: told };
}

function namesIn(folder: string): string[] {
  let index: { manifests?: readonly { annotations?: Readonly<Record<string, string>> }[] };
  try {
    index = JSON.parse(readFileSync(join(folder, INDEX), "utf8"));
  } catch (error) {
    throw new UsageError(
      `--image oci:${folder}: this is no OCI layout: ${cannotRead(join(folder, INDEX), error)}`,
    );
  }
  return (index.manifests ?? []).flatMap(({ annotations }) => annotations?.[REF_NAME] ?? []);
}
