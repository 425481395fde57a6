// `--image`: where images come from, by the references that the pods use.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isOnDisk, parseSource } from "../images/source.ts";
import type { OptionValues } from "./command.ts";
import { cannotRead, UsageError } from "./errors.ts";

/** Annotation of an OCI layout's index that names an image. */
const REF_NAME = "org.opencontainers.image.ref.name";

/** No name in a registry begins so. */
const BARE_PATH = /^(?:\/|\.{1,2}\/|~)/;

function whatIsAt(path: string): string {
  const forms = ["dir", "oci", "oci-archive", "docker-archive"].map((form) => `${form}:${path}`);
  return `say what is there: ${forms.slice(0, -1).join(", ")} or ${forms.at(-1)}`;
}

/**
 * Reference → source, out of `REF=SOURCE`; a bare `oci:PATH` offers every image that the layout names.
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

function namesOf(folder: string): Record<string, string> {
  let index: { manifests?: readonly { annotations?: Readonly<Record<string, string>> }[] };
  try {
    index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  } catch (error) {
    throw new UsageError(
      `--image oci:${folder}: this is no OCI layout: ${cannotRead(join(folder, "index.json"), error)}`,
    );
  }
  const names = (index.manifests ?? []).flatMap(({ annotations }) => annotations?.[REF_NAME] ?? []);
  return Object.fromEntries(names.map((name) => [name, `oci:${folder}:${name}`]));
}
